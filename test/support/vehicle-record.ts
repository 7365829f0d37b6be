import { vehicleLayout } from '../../subgraphs/vehicles/record.js';
import type { VehicleExport } from '../../subgraphs/vehicles/vehicle-index.js';

export type VehicleFields = Partial<Record<keyof typeof vehicleLayout, string>>;

const FIELDS: Readonly<Record<keyof typeof vehicleLayout, string>> = {
  ags: '10045114',
  district: 'HOM',
  letters: 'AB',
  number: '0012',
  suffix: '',
  vin: 'A1BS31Z0430336179',
  checkDigit: '4',
  sequence: '0000001',
  make: 'Škoda',
  model: 'Fabia',
  firstRegistration: '24082019',
  inspectionDue: '052027',
  status: 'Z',
  fuel: 'B',
  emissionKey: '62',
  holderKind: 'N',
  familyName: 'Weißenbrück',
  givenNames: 'Käthe Sophie',
  dateOfBirth: '17051984',
  placeOfBirth: 'Homburg',
  postalCode: '66424',
  street: 'Talstraße',
  houseNumber: '12a',
  blocked: 'N',
};

/** A data record in ISO-8859-15, written by the columns of the adapter's own layout. */
export function vehicleRecord(fields: VehicleFields = {}): Buffer {
  const record = Buffer.alloc(256, ' ');
  record.write('DS');
  for (const [name, value] of Object.entries({ ...FIELDS, ...fields })) {
    const { first, width } = vehicleLayout[name as keyof typeof vehicleLayout];
    record.fill(' ', first - 1, first - 1 + width);
    record.write(value.replaceAll('Š', '\u00a6').slice(0, width), first - 1, 'latin1');
  }
  return record;
}

/** An export of these records as it is loaded: number 1, of 22 November 2026. */
export function vehicleExport(
  records: readonly VehicleFields[],
  trail: Partial<VehicleExport['trail']> = {},
): VehicleExport {
  const bytes = Buffer.concat(records.flatMap((fields) => [vehicleRecord(fields), Buffer.from('\r\n')]));
  return {
    head: { sender: '', createdAt: '2026-11-22T02:00:00.000Z', version: '0100', sequence: 1, probe: '' },
    trail: { count: records.length, date: '22112026', sequence: 1, ...trail },
    records: {
      count: records.length,
      bytes,
      stride: 258,
      at: (index) => bytes.subarray(index * 258, index * 258 + 256),
      numberOf: (index) => index + 2,
    },
  };
}
