import { describe, expect, it } from '@jest/globals';
import { createEntityAnswers } from '../../../bench/entity-answers.js';

const query = 'query($representations:[_Any!]!){_entities(representations:$representations){... on Article{title}}}';
const article = (code: string) => ({ __typename: 'Article', code });
const asked = (...codes: string[]) => ({ query, variables: { representations: codes.map(article) } });

function learnt() {
  const answers = createEntityAnswers();
  answers.learn(asked('a', 'b', 'c'), { data: { _entities: [{ title: 'A' }, null, { title: 'C' }] } });
  return answers;
}

describe('createEntityAnswers', () => {
  it('joins any choice of known entities, in the order asked for', () => {
    expect(learnt().find(asked('c', 'b'))).toBe('{"data":{"_entities":[{"title":"C"},null]}}');
  });

  it.each([
    ['one is not known', asked('a', 'd')],
    ['other fields are asked for', { ...asked('a'), query: query.replace('title', 'price') }],
    ['another variable differs', { query, variables: { ...asked('a').variables, first: 3 } }],
    ['it asks for no entities', { query: '{ articles { title } }' }],
  ])('has no answer where %s', (_, other) => expect(learnt().find(other)).toBeNull());

  it.each([
    ['has errors', { data: { _entities: [{ title: 'A' }] }, errors: [{}] }],
    ['holds more than entities', { data: { _entities: [{ title: 'A' }], other: [] } }],
    ['is none', { data: null }],
  ])('learns nothing of an answer that %s', (_, answer) => {
    const answers = createEntityAnswers();
    answers.learn(asked('a'), answer);
    expect(answers.find(asked('a'))).toBeNull();
  });
});
