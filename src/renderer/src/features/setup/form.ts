import type { FieldError } from '#contract/errors.ts'
import type { InputOf } from '#contract/method-types.ts'
import { currentLanguage } from '@/app/i18n.ts'
import { likelyCountry } from '@/components/index.ts'

export type SetupInput = InputOf<'setup.create'>

/** The owner as typed: the password twice, the PIN empty when not wanted. */
export interface OwnerForm {
  name: string
  login: string
  password: string
  again: string
  pin: string
}

export function emptyShop(): SetupInput['shop'] {
  const { code: country, currency, timeZone } = likelyCountry()
  return {
    name: '',
    code: 'S1',
    country,
    currency,
    timeZone,
    languages: ['zh-CN', 'en'],
    defaultLanguage: currentLanguage(),
  }
}

export function emptyOwner(): OwnerForm {
  return { name: '', login: '', password: '', again: '', pin: '' }
}

/** What can be seen to be missing before anything is sent, so that the next page is not opened in vain. */
export function shopProblems(shop: SetupInput['shop']): FieldError[] {
  const problems: FieldError[] = []
  if (shop.name.trim() === '') problems.push({ path: 'shop.name', code: 'field.required' })
  if (!/^[A-Z0-9]{1,8}$/.test(shop.code)) problems.push({ path: 'shop.code', code: 'field.format' })
  if (shop.languages.length === 0) problems.push({ path: 'shop.languages', code: 'field.required' })
  return problems
}

export function ownerProblems(owner: OwnerForm): FieldError[] {
  return owner.password === owner.again ? [] : [{ path: 'owner.again', code: 'field.format' }]
}

export function setupInput(shop: SetupInput['shop'], owner: OwnerForm): SetupInput {
  const { name, login, password, pin } = owner
  return { shop, owner: { name, login, password, ...(pin === '' ? {} : { pin }) } }
}
