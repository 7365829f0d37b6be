/** What drives on the roads of the simulated world: makes, models and the world manufacturer codes of their VINs. */
export interface Make {
  readonly make: string;
  /** First three characters of the VIN. */
  readonly wmi: string;
  readonly models: readonly string[];
  /** Relative frequency. */
  readonly weight: number;
}

export const MAKES: readonly Make[] = [
  { make: 'Volkswagen', wmi: 'WVW', models: ['Golf', 'Polo', 'Passat', 'up!', 'T-Roc', 'ID.3'], weight: 21 },
  { make: 'Ford', wmi: 'WF0', models: ['Fiesta', 'Focus', 'Kuga', 'Mondeo', 'Puma'], weight: 10 },
  { make: 'Opel', wmi: 'W0L', models: ['Corsa', 'Astra', 'Insignia', 'Mokka', 'Zafira'], weight: 10 },
  { make: 'Mercedes-Benz', wmi: 'WDD', models: ['A 180', 'C 200', 'E 220 d', 'GLA 200', 'B 180'], weight: 10 },
  { make: 'BMW', wmi: 'WBA', models: ['118i', '320d', '520d', 'X1', 'X3'], weight: 8 },
  { make: 'Audi', wmi: 'WAU', models: ['A1', 'A3', 'A4', 'A6', 'Q5'], weight: 8 },
  { make: 'Škoda', wmi: 'TMB', models: ['Fabia', 'Octavia', 'Superb', 'Kodiaq'], weight: 6 },
  { make: 'Renault', wmi: 'VF1', models: ['Clio', 'Captur', 'Mégane', 'Twingo', 'ZOE'], weight: 5 },
  { make: 'Seat', wmi: 'VSS', models: ['Ibiza', 'León', 'Arona'], weight: 4 },
  { make: 'Peugeot', wmi: 'VF3', models: ['208', '308', '2008', '3008'], weight: 4 },
  { make: 'Citroën', wmi: 'VF7', models: ['C3', 'C4', 'Berlingo'], weight: 3 },
  { make: 'Dacia', wmi: 'UU1', models: ['Sandero', 'Duster', 'Logan'], weight: 3 },
  { make: 'Fiat', wmi: 'ZFA', models: ['500', 'Panda', 'Tipo'], weight: 3 },
  { make: 'Toyota', wmi: 'SB1', models: ['Yaris', 'Corolla', 'RAV4'], weight: 3 },
  { make: 'Hyundai', wmi: 'TMA', models: ['i10', 'i20', 'Tucson', 'Kona'], weight: 4 },
  { make: 'Kia', wmi: 'U5Y', models: ["cee'd", 'Sportage', 'Picanto'], weight: 3 },
  { make: 'Mazda', wmi: 'JMZ', models: ['2', '3', 'CX-5', 'MX-5'], weight: 2 },
  { make: 'Volvo', wmi: 'YV1', models: ['V40', 'V60', 'XC60'], weight: 2 },
  { make: 'Tesla', wmi: 'LRW', models: ['Model 3', 'Model Y'], weight: 1 },
];

export const ELECTRIC_MODELS: readonly string[] = ['ID.3', 'ZOE', 'Model 3', 'Model Y'];

export const OLDTIMERS: readonly Make[] = [
  { make: 'Volkswagen', wmi: 'WVW', models: ['Käfer 1200', 'Typ 2 T2'], weight: 4 },
  { make: 'Mercedes-Benz', wmi: 'WDB', models: ['190 SL', '230 E', '280 SE'], weight: 3 },
  { make: 'Opel', wmi: 'W0L', models: ['Kadett C', 'Rekord D', 'GT'], weight: 2 },
  { make: 'Ford', wmi: 'WF0', models: ['Taunus 17M', 'Capri'], weight: 2 },
  { make: 'BMW', wmi: 'WBA', models: ['2002', 'Isetta 300'], weight: 1 },
];

/** Emission keys by fuel, for vehicles first registered up to (and with) the year; the last one holds for all later. */
export const EMISSION_KEYS: Readonly<Record<'B' | 'D' | 'E', readonly (readonly [number, readonly string[]])[]>> = {
  B: [
    [1991, ['00', '03']],
    [1996, ['01', '02', '14']],
    [2001, ['18', '25', '28']],
    [2009, ['30', '32', '44', '53', '62']],
    [9999, ['35', '36', '62', '68', '70', '75', '77']],
  ],
  D: [
    [1995, ['00', '10']],
    [2000, ['25', '26', '28', '29', '41']],
    [2005, ['30', '31', '44', '48', '51']],
    [2009, ['32', '33', '53', '62']],
    [9999, ['62', '65', '68', '70', '73', '75']],
  ],
  E: [[9999, ['10']]],
};
