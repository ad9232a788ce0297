/** Where a shop may stand: ISO 3166 code, its currency (ISO 4217) and the time zone most of its people live in. */
export interface Country {
  readonly code: string
  readonly currency: string
  readonly timeZone: string
}

const rows = `
AE AED Asia/Dubai|AR ARS America/Argentina/Buenos_Aires|AT EUR Europe/Vienna|AU AUD Australia/Sydney
BD BDT Asia/Dhaka|BE EUR Europe/Brussels|BG EUR Europe/Sofia|BH BHD Asia/Bahrain|BN BND Asia/Brunei
BR BRL America/Sao_Paulo|CA CAD America/Toronto|CH CHF Europe/Zurich|CL CLP America/Santiago|CN CNY Asia/Shanghai
CO COP America/Bogota|CZ CZK Europe/Prague|DE EUR Europe/Berlin|DK DKK Europe/Copenhagen|DZ DZD Africa/Algiers
EC USD America/Guayaquil|EE EUR Europe/Tallinn|EG EGP Africa/Cairo|ES EUR Europe/Madrid|ET ETB Africa/Addis_Ababa
FI EUR Europe/Helsinki|FR EUR Europe/Paris|GB GBP Europe/London|GH GHS Africa/Accra|GR EUR Europe/Athens
HK HKD Asia/Hong_Kong|HR EUR Europe/Zagreb|HU HUF Europe/Budapest|ID IDR Asia/Jakarta|IE EUR Europe/Dublin
IL ILS Asia/Jerusalem|IN INR Asia/Kolkata|IS ISK Atlantic/Reykjavik|IT EUR Europe/Rome|JO JOD Asia/Amman
JP JPY Asia/Tokyo|KE KES Africa/Nairobi|KH KHR Asia/Phnom_Penh|KR KRW Asia/Seoul|KW KWD Asia/Kuwait
KZ KZT Asia/Almaty|LA LAK Asia/Vientiane|LK LKR Asia/Colombo|LT EUR Europe/Vilnius|LU EUR Europe/Luxembourg
LV EUR Europe/Riga|MA MAD Africa/Casablanca|MM MMK Asia/Yangon|MN MNT Asia/Ulaanbaatar|MO MOP Asia/Macau
MT EUR Europe/Malta|MX MXN America/Mexico_City|MY MYR Asia/Kuala_Lumpur|NG NGN Africa/Lagos|NL EUR Europe/Amsterdam
NO NOK Europe/Oslo|NP NPR Asia/Kathmandu|NZ NZD Pacific/Auckland|OM OMR Asia/Muscat|PE PEN America/Lima
PH PHP Asia/Manila|PK PKR Asia/Karachi|PL PLN Europe/Warsaw|PT EUR Europe/Lisbon|QA QAR Asia/Qatar
RO RON Europe/Bucharest|RS RSD Europe/Belgrade|SA SAR Asia/Riyadh|SE SEK Europe/Stockholm|SG SGD Asia/Singapore
SI EUR Europe/Ljubljana|SK EUR Europe/Bratislava|TH THB Asia/Bangkok|TN TND Africa/Tunis|TR TRY Europe/Istanbul
TW TWD Asia/Taipei|TZ TZS Africa/Dar_es_Salaam|UA UAH Europe/Kyiv|UG UGX Africa/Kampala|US USD America/New_York
UY UYU America/Montevideo|UZ UZS Asia/Tashkent|VN VND Asia/Ho_Chi_Minh|ZA ZAR Africa/Johannesburg`

export const countries: readonly Country[] = rows
  .split(/[\n|]/)
  .filter(Boolean)
  .map((row) => {
    const [code = '', currency = '', timeZone = ''] = row.split(' ')
    return { code, currency, timeZone }
  })

export function countryOf(code: string): Country | undefined {
  return countries.find((country) => country.code === code)
}

/** The country this machine seems to stand in: by its time zone, then by its language's region. */
export function likelyCountry(): Country {
  const zone = machineTimeZone()
  const region = new Intl.Locale(navigator.language).region
  const found =
    countries.find((country) => country.timeZone === zone) ??
    countries.find((country) => country.code === region)
  return found ?? { code: 'CN', currency: 'CNY', timeZone: 'Asia/Shanghai' }
}

export function machineTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Names of the codes in a language, sorted as that language sorts. */
export function namedCodes(
  codes: readonly string[],
  type: 'region' | 'currency',
  language: string,
): { value: string; label: string; keywords: string; note: string }[] {
  const names = new Intl.DisplayNames(language, { type })
  const english = new Intl.DisplayNames('en', { type })
  return codes
    .map((code) => ({
      value: code,
      label: names.of(code) ?? code,
      keywords: `${code} ${english.of(code)}`,
      note: code,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language))
}
