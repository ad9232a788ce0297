/** The free text by which a repair is found: the fault in the customer's words and the other party's reference. */
export function searchWords(repair: { faultText: string; otherReference: string }): string {
  return repair.otherReference === '' ? repair.faultText : `${repair.faultText} ${repair.otherReference}`
}
