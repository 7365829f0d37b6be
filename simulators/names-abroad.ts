/**
 * Fictitious names of people whose families came from elsewhere, in the letters of DIN 91379. Most of them have letters
 * that ISO-8859-15 does not know; the last group has letters that only exist as a sequence with a combining sign.
 */
export interface Origin {
  /** ISO 3166-1 alpha-2. */
  readonly nationality: string;
  /** Share among those from abroad, relative to the others. */
  readonly weight: number;
  readonly familyNames: readonly string[];
  readonly givenNames: { readonly w: readonly string[]; readonly m: readonly string[] };
  readonly birthPlaces: readonly string[];
}

const words = (text: string): readonly string[] => text.normalize('NFC').split(' ');

export const ORIGINS: readonly Origin[] = [
  {
    nationality: 'TR',
    weight: 5,
    familyNames: words(
      'Dağcıoğlu Yıldızhan Gümüşdere Ağaçlıoğlu Çınarkaya Işıkdere Özgülşen Karadağlı Şahintepe Uğurbey',
    ),
    givenNames: {
      w: words('Gülşen İpek Şule Ayşenur Çiğdem Elif Nazlı'),
      m: words('Oğuz İlker Çağrı Yiğit Emre Barış Kağan'),
    },
    birthPlaces: words('İzmir Eskişehir Muğla Balıkesir'),
  },
  {
    nationality: 'RO',
    weight: 4,
    familyNames: words('Șerbălău Țuculeanu Brăduțescu Ștefărescu Mărgăianu Ciobotăriș Lăcătușanu Grădinariș'),
    givenNames: {
      w: words('Ștefana Mădălina Brândușa Anișoara Cătălina Ilinca'),
      m: words('Ștefan Răzvan Mihăiță Cătălin Ionuț Dragoș'),
    },
    birthPlaces: words('Brașov Timișoara Iași Ploiești'),
  },
  {
    nationality: 'PL',
    weight: 4,
    familyNames: words('Łąkowiecki Źródłowicz Wiśniobrzęk Żurawiniec Dąbrowiniak Ćwiklarek Pszczółkowicz Śliwoński'),
    givenNames: {
      w: words('Małgorzata Bożena Agnieszka Grażyna Żaneta Elżbieta'),
      m: words('Łukasz Paweł Stanisław Michał Wojciech Błażej'),
    },
    birthPlaces: words('Łódź Wrocław Poznań Białystok'),
  },
  {
    nationality: 'FR',
    weight: 4,
    familyNames: ['Bœufmarais', 'Lefèvrelle', 'Châtaigneau', "D'Aulnaye", 'Gœlmont', 'de La Frênaie', 'Muñeroy'],
    givenNames: { w: words('Hélène Zoë Maëlle Françoise Cécile'), m: words('Rémi François Loïc Noël Étienne') },
    birthPlaces: ['Forbach', 'Saint-Avold', 'Sarreguemines', 'Metz'],
  },
  {
    nationality: 'IT',
    weight: 3,
    familyNames: ["Dell'Acquaverde", 'De Lucernari', 'Montefiorello', 'Pietrachiara', 'Nicolò-Bramante', 'Vallerosina'],
    givenNames: { w: words('Giulia Chiara Noemi Ornella Beatrice'), m: words('Nicolò Matteo Lorenzo Davide Calogero') },
    birthPlaces: ['Agrigento', 'Licata', 'Forlì', "L'Aquila"],
  },
  {
    nationality: 'HR',
    weight: 3,
    familyNames: words('Đurđelović Šumarčić Čvorkovac Žitnjačić Ćopićan Đakovnik Križanović-Šega'),
    givenNames: { w: words('Đurđica Željka Snežana Ljubica Anđela'), m: words('Đorđe Željko Miloš Dražen Srđan') },
    birthPlaces: words('Šibenik Čakovec Požega Niš'),
  },
  {
    nationality: 'CZ',
    weight: 1,
    familyNames: words('Šťovíkal Říčanda Žďárovec Kůrňavka Třešňovin'),
    givenNames: { w: words('Růžena Věra Kateřina Ludmila'), m: words('Jiří Tomáš Luděk Ondřej') },
    birthPlaces: words('Plzeň Jihlava Třebíč'),
  },
  {
    nationality: 'LV',
    weight: 1,
    familyNames: words('Bērziņkalns Ķirsonieks Ģertrūdnis Šaltūnieks Vēžlaukis'),
    givenNames: { w: words('Līga Rūta Kristīne Živilė'), m: words('Jānis Ģirts Žilvinas Ąžuolas') },
    birthPlaces: words('Rīga Jelgava Šiauliai'),
  },
  {
    nationality: 'DK',
    weight: 1,
    familyNames: words('Ørstedby Åkirkegård Ægidsen Bøgelund-Møn Þórsdal'),
    givenNames: { w: words('Sólveig Maiken Åse Bodil'), m: words('Bjørn Åke Søren Þór') },
    birthPlaces: words('Tønder Ålborg Helsingør'),
  },
  {
    nationality: 'VN',
    weight: 2,
    familyNames: words('Nguyễnlộc Trầnhòa Phạmvũ Đặngthảo Bùiviên'),
    givenNames: { w: words('Hương Ngọc Phượng Thảo'), m: words('Đức Hữu Việt Thắng') },
    birthPlaces: ['Hải Phòng', 'Huế', 'Cần Thơ'],
  },
  {
    nationality: 'SY',
    weight: 4,
    familyNames: words('J̌avāhirī Ḥalabānī S̱ālehnūr Z̄arīfkār H̱ūršīdan M̂adanī al-Ḫaṭībān'),
    givenNames: { w: words('J̌amīla S̱orayā Nūr Ḥanān Rīma'), m: words('Z̄iyād Ḥamīd Yūsuf K͟Hālid Ṭāriq') },
    birthPlaces: words('Ḥalab Ḥomṣ Dimašq'),
  },
];
