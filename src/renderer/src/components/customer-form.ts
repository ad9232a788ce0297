import type { Customer, CustomerInput } from '#contract/customers.ts'

export type { CustomerInput } from '#contract/customers.ts'

/** A customer nobody has typed anything of yet; one empty phone line, because that is what is asked first. */
export function blankCustomer(): CustomerInput {
  return {
    kind: 'person',
    name: '',
    phones: [{ number: '', label: '' }],
    email: null,
    contacts: [],
    address: '',
    taxNumber: '',
    language: null,
    tier: 'normal',
    channel: 'phone',
    consentToContact: true,
    notes: '',
    onAccount: false,
    paymentDays: 0,
  }
}

export function customerForm(customer: Customer): CustomerInput {
  const {
    kind,
    name,
    phones,
    email,
    contacts,
    address,
    taxNumber,
    language,
    tier,
    channel,
    consentToContact,
    notes,
    onAccount,
    paymentDays,
  } = customer
  return {
    kind,
    name,
    phones,
    email,
    contacts,
    address,
    taxNumber,
    language,
    tier,
    channel,
    consentToContact,
    notes,
    onAccount,
    paymentDays,
  }
}

/** What is sent: lines left empty are not lines, an empty address of mail is none. */
export function customerInput(form: CustomerInput): CustomerInput {
  return {
    ...form,
    email: form.email?.trim() ? form.email : null,
    phones: form.phones.filter((phone) => phone.number.trim() !== ''),
    contacts: form.contacts
      .filter((contact) => contact.name.trim() !== '')
      .map((contact) => ({
        ...contact,
        phone: contact.phone?.trim() ? contact.phone : null,
        email: contact.email?.trim() ? contact.email : null,
      })),
  }
}
