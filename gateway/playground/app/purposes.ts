/** Purposes (Zweck) a caseworker may state, with their official names. */
export const PURPOSES: readonly { readonly id: string; readonly label: string }[] = [
  { id: 'residents.inquiry', label: 'Register inquiry (Melderegisterauskunft)' },
  { id: 'residents.registration', label: 'Registration (An- und Ummeldung)' },
  { id: 'housing-benefit.case', label: 'Housing-benefit case (Wohngeld)' },
  { id: 'vehicles.registration', label: 'Vehicle registration (Zulassung)' },
  { id: 'encumbrances.inquiry', label: 'Building encumbrances (Baulasten)' },
  { id: 'service.information', label: 'Service information (115)' },
  { id: 'data-protection.control', label: 'Data protection control' },
];

const FILE_REFERENCE = /^(?=.*[0-9])[A-Za-z0-9 ./_-]{1,120}$/;

/** Whether the gateway takes the text as a file reference (Aktenzeichen). */
export const isFileReference = (text: string): boolean => FILE_REFERENCE.test(text);
