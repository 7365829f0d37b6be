import type { Company } from './person.js';
import type { Calendar } from './world-calendar.js';
import { drawHome } from './world-homes.js';
import type { Numbers } from './world-numbers.js';
import type { Place } from './world-places.js';
import type { Random } from './world-random.js';
import { drawVehicle } from './world-vehicles.js';

const FIRST_WORDS = ['Blau', 'Nord', 'Saar', 'Blies', 'Wald', 'Hütten', 'Sonnen', 'Quell', 'Turm', 'Brücken'];
const SECOND_WORDS = ['bäckerei', 'logistik', 'gärtnerei', 'apotheke', 'druck', 'bau', 'elektrik', 'pflege', 'reisen'];
const FORMS = ['GmbH', 'GmbH & Co. KG', 'e. K.', 'AG', 'OHG', 'gGmbH'];

export function drawCompany(
  random: Random,
  place: Place,
  parts: { readonly serial: number; readonly calendar: Calendar; readonly numbers: Numbers },
): Company {
  const { serial, calendar } = parts;
  const name = `${random.pick(FIRST_WORDS)}${random.pick(SECOND_WORDS)} ${place.name} ${serial} ${random.pick(FORMS)}`;
  const home = drawHome(random, place, calendar.iso(calendar.today - random.int(400, 12_000)));
  const holder = { officeAgs: place.ags, plateCodes: place.plateCodes, holderFamilyName: name, holderHome: home };
  const count = random.int(1, random.chance(0.2) ? 8 : 3);
  const vehicles = Array.from({ length: count }, () => drawVehicle(random, holder, parts));
  return { serial, ags: place.ags, name, home, vehicles };
}
