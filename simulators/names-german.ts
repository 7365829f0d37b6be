/**
 * Fictitious German names. Family names are put together from two parts, so that there are thousands of them and none
 * is taken from anywhere; given names are everyday ones.
 */
export const FAMILY_NAME_BEGINNINGS = (
  'Ahorn Amsel Birken Brombeer Brunnen Buchen Dachs Distel Dorn Eber Eichen Erlen Eschen Falken Fichten Finken ' +
  'Föhren Forst Fuchs Gersten Ginster Glocken Grün Hafer Hasel Heide Hirsch Höhen Holder Hopfen Kiefern Klee Königs ' +
  'Krähen Kräuter Lärchen Linden Lohe Mühl Nebel Nuß Otter Pappel Quell Raben Reiher Roggen Rosen Rüben Sand Schlehen ' +
  'Schwanen Silber Sommer Sonnen Stein Tannen Tauben Ulmen Wacholder Weiden Weizen Wiesen Winter Wolfs Zeisig'
).split(' ');

export const FAMILY_NAME_ENDINGS = (
  'acker auer bacher berger bühler ecker felder gruber halder häuser hauser heimer hofer höfer horst huber kamp ' +
  'lechner leitner mann mayer meier müller reuter schläger schmidt seeger siedler stätter thaler wälder weiler ' +
  'winkler wirth'
).split(' ');

/** Given names by sex; the first list is usual among those born before 1975, the second later. */
export const GIVEN_NAMES = {
  w: [
    (
      'Adelheid Anneliese Barbara Brigitte Christa Dorothea Edeltraud Elfriede Elisabeth Erika Eva Gerda Gisela Gudrun ' +
      'Hannelore Heike Helga Hildegard Ilse Ingeborg Irmgard Jutta Karin Käthe Lieselotte Margarete Marianne Monika ' +
      'Petra Renate Rosemarie Sabine Sigrid Susanne Ursula Waltraud Anna-Maria Eva-Maria'
    ).split(' '),
    (
      'Alina Amelie Anja Anna Antonia Charlotte Clara Emilia Emma Finja Franziska Frieda Greta Hannah Ida Isabell ' +
      'Jana Johanna Julia Katharina Kathrin Lara Laura Lea Lena Leni Lina Luisa Marie Mathilda Melanie Mia Nele Nicole ' +
      'Nina Paula Sarah Sophie Stefanie Theresa Anna-Lena Marie-Luise Sophie-Charlotte'
    ).split(' '),
  ],
  m: [
    (
      'Albrecht Alfons Bernd Burkhard Detlef Dieter Eberhard Egon Erwin Ferdinand Friedrich Gerhard Gottfried Günther ' +
      'Hans Harald Heinrich Heinz Helmut Herbert Hermann Horst Jörg Jürgen Karl Klaus Kurt Lothar Manfred Norbert ' +
      'Ottokar Reinhold Rolf Rüdiger Siegfried Uwe Walter Werner Wilhelm Wolfgang Hans-Jürgen Karl-Heinz'
    ).split(' '),
    (
      'Alexander Anton Ben Björn Christian Daniel David Elias Emil Felix Finn Florian Fabian Hannes Jakob Jan Jannik ' +
      'Jonas Julian Kilian Konstantin Lennard Leon Linus Lukas Malte Marco Mathias Maximilian Moritz Niklas Noah Oskar ' +
      'Paul Philipp Sebastian Simon Sören Theo Tim Tobias Till Jan-Philipp Karl-Anton'
    ).split(' '),
  ],
} as const satisfies Record<'w' | 'm', readonly [readonly string[], readonly string[]]>;

export const GERMAN_BIRTH_PLACES = (
  'Trier Kaiserslautern Zweibrücken Pirmasens Saarlouis Merzig Koblenz Mainz Köln Düsseldorf Essen Hannover Hamburg ' +
  'Bremen Kiel Berlin Potsdam Leipzig Dresden Magdeburg Erfurt Jena Nürnberg München Augsburg Ulm Stuttgart Karlsruhe ' +
  'Freiburg Würzburg Gießen Kassel Göttingen Münster'
).split(' ');

/** Streets that every simulated municipality has. */
export const STREETS = [
  'Ahornweg',
  'Akazienweg',
  'Alte Schulstraße',
  'Am Alten Bahnhof',
  'Am Bergwerk',
  'Am Mühlgraben',
  'Am Römerkastell',
  'Amselweg',
  'An der Ziegelhütte',
  'Auf der Höhe',
  'Bahnhofstraße',
  'Beethovenstraße',
  'Bergstraße',
  'Bismarckplatz',
  'Brückenstraße',
  'Eichendorffstraße',
  'Fichtenweg',
  'Friedhofstraße',
  'Gartenstraße',
  'Glashüttenstraße',
  'Goethestraße',
  'Grubenweg',
  'Hauptstraße',
  'Heinrich-Heine-Straße',
  'Hochstraße',
  'Im Flürchen',
  'In den Weiden',
  'Käthe-Kollwitz-Straße',
  'Kirchplatz',
  'Kirchstraße',
  'Lessingstraße',
  'Lindenallee',
  'Marktplatz',
  'Mozartstraße',
  'Obere Kaiserstraße',
  'Parkstraße',
  'Pfarrer-Künzer-Straße',
  'Poststraße',
  'Rathausplatz',
  'Rosenweg',
  'Saarstraße',
  'Schillerstraße',
  'Schloßberg',
  'Sonnenhang',
  'Straße der Einheit',
  'Talstraße',
  'Uhlandstraße',
  'Untere Bliesstraße',
  'Waldstraße',
  'Wiesenweg',
  'Zum Steinbruch',
  'Zur Schäferei',
] as const;
