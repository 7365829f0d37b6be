import { expect, it } from '@jest/globals';
import { readParcelKey } from '../../../../subgraphs/encumbrances/parcel-key.js';

it.each([
  ['152450008007460284__', { cadastralDistrict: '152450', section: '8', number: '746/284' }],
  ['152450008007460000__', { cadastralDistrict: '152450', section: '8', number: '746' }],
  ['152450___00746______', { cadastralDistrict: '152450', section: null, number: '746' }],
  ['15245000000746____01', { cadastralDistrict: '152450', section: null, number: '746' }],
  ['152450008000000284__', null],
  ['152450008007460284', null],
  ['', null],
])('reads %j', (key, name) => {
  expect(readParcelKey(key)).toEqual(name);
});
