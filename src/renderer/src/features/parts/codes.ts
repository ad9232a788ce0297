/** Part numbers, barcodes and serials are the same whatever their case and blanks, as the host has it. */
export function sameCode(a: string, b: string): boolean {
  return codeKey(a) === codeKey(b)
}

export function codeKey(code: string): string {
  return code.normalize('NFKC').replace(/\s+/gu, '').toUpperCase()
}
