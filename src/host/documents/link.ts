/** What the QR code of a label or paper holds: the desktop program and every scanner at a seat open the repair by it. */
export function repairLink(uid: string): string {
  return `benchside://repair/${uid}`
}
