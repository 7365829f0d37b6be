import type { SqlValue, Statement } from '../../lib/connect/sql.js';

const statement =
  <Values extends readonly SqlValue[]>(name: string, text: string) =>
  (...values: Values): Statement => ({ name, text, values });

/**
 * Row security shows the rows of one municipality and, without this setting, none. It is made for the transaction
 * alone; PostgreSQL runs what a connection sends in the order it is sent, so it holds before the next statement reads.
 */
export const asMunicipality = statement<[ags: string]>('gemeinde', `SELECT set_config('wohngeld.ags', $1, true)`);

const CASE = `f."WG_NUMMER", f."STATUS", f."HH_GROESSE", f."MIETE", f."EINKOMMEN", f."WOHNGELD", f."BWZ_VON", f."BWZ_BIS"`;
const APPLICANT = `p."FAMNAME", p."VORNAMEN", p."GEBDAT", p."SPERRE"`;

/** Persons are kept with their history; the entry in force has no end. */
const FROM_CASE = `FROM "WOHNGELD"."WOHNGELDFALL" f
  LEFT JOIN "WOHNGELD"."PERSON" p
    ON p."MANDANT" = f."MANDANT" AND p."PERS_NR" = f."PERS_NR" AND p."GUELTIG_BIS" = '99991231'`;

export const casesByNumber = statement<[ags: string, caseNumbers: readonly string[]]>(
  'faelle',
  `SELECT ${CASE}, ${APPLICANT} ${FROM_CASE} WHERE f."AGS" = $1 AND f."WG_NUMMER" = ANY($2)`,
);

export const casePage = statement<[ags: string, status: string | null, after: string | null, limit: number]>(
  'fallseite',
  `SELECT ${CASE}, ${APPLICANT} ${FROM_CASE}
   WHERE f."AGS" = $1 AND ($2::text IS NULL OR f."STATUS" = $2) AND ($3::text IS NULL OR f."WG_NUMMER" > $3)
   ORDER BY f."WG_NUMMER" LIMIT $4`,
);

/** Everybody born on these days, with and without cases. */
export const personsByBirthDate = statement<[ags: string, birthDates: readonly string[]]>(
  'personen',
  `SELECT p."MANDANT", p."PERS_NR", ${APPLICANT}, p."GEBORT", p."STRASSE", p."HAUSNR", p."PLZ", ${CASE}
   FROM "WOHNGELD"."PERSON" p
   LEFT JOIN "WOHNGELD"."WOHNGELDFALL" f
     ON f."MANDANT" = p."MANDANT" AND f."PERS_NR" = p."PERS_NR" AND f."AGS" = p."AGS"
   WHERE p."AGS" = $1 AND p."GEBDAT" = ANY($2) AND p."GUELTIG_BIS" = '99991231'
   ORDER BY p."MANDANT", p."PERS_NR"`,
);

export const decisionsOfCases = statement<[ags: string, caseNumbers: readonly string[]]>(
  'bescheide',
  `SELECT b."WG_NUMMER", b."BESCHEIDART", b."BESCHEIDDATUM", b."GUELTIG_AB", b."GUELTIG_BIS", b."BETRAG"
   FROM "WOHNGELD"."BESCHEID" b WHERE b."AGS" = $1 AND b."WG_NUMMER" = ANY($2)
   ORDER BY b."WG_NUMMER", b."BESCHEIDDATUM" DESC, b."LFD_NR" DESC`,
);

/** One page of each case asked for; `SEITE` counts the pages from 1 in the order of the lists. */
export const paymentPages = statement<
  [
    ags: string,
    caseNumbers: readonly string[],
    afterMonths: readonly (string | null)[],
    afterNumbers: readonly (number | null)[],
    limits: readonly number[],
  ]
>(
  'zahlungen',
  `SELECT s."SEITE", z."MONAT", z."LFD_NR", z."ZAHLDATUM", z."BETRAG"
   FROM unnest($2::text[], $3::text[], $4::int[], $5::int[])
     WITH ORDINALITY AS s("WG_NUMMER", "NACH_MONAT", "NACH_NR", "ANZAHL", "SEITE")
   CROSS JOIN LATERAL (
     SELECT "MONAT", "LFD_NR", "ZAHLDATUM", "BETRAG" FROM "WOHNGELD"."ZAHLUNG"
     WHERE "AGS" = $1 AND "WG_NUMMER" = s."WG_NUMMER"
       AND (s."NACH_MONAT" IS NULL OR ("MONAT", "LFD_NR") < (s."NACH_MONAT", s."NACH_NR"))
     ORDER BY "MONAT" DESC, "LFD_NR" DESC LIMIT s."ANZAHL"
   ) z
   ORDER BY s."SEITE", z."MONAT" DESC, z."LFD_NR" DESC`,
);
