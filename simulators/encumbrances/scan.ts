import PdfDocument from 'pdfkit';
import { titleOf } from './kinds.js';
import type { Entry } from './layout.js';

/** Stands in each file, so that equal sheets are equal bytes on every machine and every day. */
const MADE_ON = new Date('2020-01-01T00:00:00Z');

/** A sheet (Baulastenblatt) as a PDF of A4 pages. @param entries Of one sheet, at least one. */
export async function drawScan(entries: readonly Entry[]): Promise<Buffer> {
  const { ags, sheetNumber, parcelKey } = entries[0] as Entry;
  const title = `Baulastenblatt Nr. ${sheetNumber}`;
  const page = new PdfDocument({
    size: 'A4',
    margin: 60,
    lang: 'de',
    info: { Title: `${title} (simuliert)`, Author: 'Simulation', CreationDate: MADE_ON, ModDate: MADE_ON },
  });
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => page.once('end', resolve).once('error', reject));
  page
    .font('Helvetica-Bold')
    .fontSize(11)
    .fillColor('#b00020')
    .text('SIMULIERT - KEINE AMTLICHE URKUNDE, FREI ERFUNDEN');
  page.moveDown().fillColor('black').fontSize(18).text(title);
  page.font('Helvetica').fontSize(11).text(`Gemeinde ${ags}`).text(`Flurstück ${parcelKey}`).moveDown();
  for (const entry of entries) drawEntry(page, entry);
  page.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawEntry(page: PDFKit.PDFDocument, { entryNumber, kind, content, enteredOn, deletedOn }: Entry): void {
  page.font('Helvetica-Bold').text(`${entryNumber}. ${titleOf(kind)}`);
  page
    .font('Helvetica')
    .text(content)
    .text(`Eingetragen am ${toGermanDay(enteredOn)}`);
  if (deletedOn !== null)
    page
      .fillColor('#b00020')
      .text(`Gelöscht am ${toGermanDay(deletedOn)}`)
      .fillColor('black');
  page.moveDown();
}

const toGermanDay = (date: string): string => date.split('-').reverse().join('.');
