import { describe, expect, it } from '@jest/globals';
import { childrenOf, element, find, findText, needText, readXml, toDocument } from '../../../../lib/connect/xml.js';

const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });

describe('readXml', () => {
  it('reads names without prefix, namespaces and text', async () => {
    const root = await readXml('<x:a xmlns:x="urn:x"><b> one <![CDATA[<two>]]></b><b/></x:a>');
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x' });
    expect(childrenOf(root, 'b')).toHaveLength(2);
    expect(findText(root, 'b')).toBe('one <two>');
  });

  it('keeps the attributes it was told to, by their local names, and no others', async () => {
    const text = '<a xmlns:x="urn:x" x:kept="1" dropped="2"><b/></a>';
    const root = await readXml(text, ['kept']);
    expect([root.attributes, root.children[0]?.attributes]).toEqual([{ kept: '1' }, {}]);
    expect((await readXml(text)).attributes).toEqual({});
  });

  it('keeps a postal code a text', async () => {
    expect(findText(await readXml('<a><plz>01067</plz></a>'), 'plz')).toBe('01067');
  });

  it('reads a text longer than a slice, with letters of two units', async () => {
    const text = '𝒳ü'.repeat(60_000);
    expect((await readXml(`<a>${text}</a>`)).text).toBe(text);
  });

  it.each([
    ['a truncated document', '<a><b>text'],
    ['an end tag of another element', '<a><b></a></b>'],
    ['no element', '   '],
    ['an unknown entity', '<a>&unknown;</a>'],
    ['an undeclared prefix', '<x:a/>'],
    ['two roots', '<a/><b/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY e "text">]><a>&e;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['a character that XML does not have', '<a>\u0001</a>'],
    ['great depth', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['very many elements', `<a>${'<b/>'.repeat(200_000)}</a>`],
  ])('refuses %s', async (_, text) => {
    await expect(readXml(text)).rejects.toEqual(MALFORMED);
  });

  it('says nothing of the document to the caller', async () => {
    await expect(readXml('<a>ORA-00942</b>')).rejects.toMatchObject({
      message: 'The source system broke its contract.',
    });
  });
});

describe('element', () => {
  it('keeps an argument a text, whatever it looks like', async () => {
    const hostile = '</name><admin a="1">&x;]]>\u2028 <![CDATA[';
    const root = await readXml(toDocument(element('name', hostile)));
    expect(root.children).toEqual([]);
    expect(root.text).toBe(hostile);
  });

  it('keeps an attribute a text', () => {
    expect(element('a', null, { b: '"><c/>' }).xml).toBe('<a b="&quot;&gt;&lt;c/&gt;"></a>');
  });

  it.each([
    ['NUL', 'a\u0000b', 'a\uFFFDb'],
    ['a lone surrogate', 'a\uD800b', 'a\uFFFDb'],
    ['a carriage return', 'a\rb', 'a\rb'],
    ['an escape sequence', 'a\u001B[31mb', 'a\uFFFD[31mb'],
  ])('carries %s without breaking the document', async (_, text, read) => {
    expect((await readXml(toDocument(element('a', text)))).text).toBe(read);
  });

  it('writes parts in their order and leaves out what is null', () => {
    expect(element('a', [element('b', '1'), null, [element('b', '2')]]).xml).toBe('<a><b>1</b><b>2</b></a>');
  });
});

describe('find', () => {
  it('follows a path, and answers null where it ends early', async () => {
    const root = await readXml('<a><b><c>text</c></b></a>');
    expect(findText(root, 'b/c')).toBe('text');
    expect(find(root, 'b/x/c')).toBeNull();
    expect(() => needText(root, 'b/x')).toThrow(MALFORMED);
  });

  it('takes an empty element for no text', async () => {
    expect(findText(await readXml('<a><b> </b></a>'), 'b')).toBeNull();
  });
});
