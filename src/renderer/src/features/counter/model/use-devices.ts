import { nextTick, type Ref } from 'vue'
import { call, toCallError, errorText, notify, type FormErrors } from '@/client/index.ts'
import type { PhotoUploads } from '@/components/photo-uploads.ts'
import { nextItem, type IntakeForm, type ItemForm } from './form.ts'
import { itemOf, takeStart } from './intake.ts'
import { codeHintOf, type Start } from './recognise.ts'

/** The devices of one visit: one is on the page, the others wait in the strip. */
export interface Devices {
  /** Puts what was recognised into the device on the page. */
  take(start: Exclude<Start, { kind: 'repair' }>): void
  /** Another device; `alike` copies model, fault and accessories of the one on the page. */
  add(alike: boolean): void
  remove(index: number): void
  /** A serial or IMEI that was scanned: the device on the page if it has none yet, else one more. */
  scanned(code: string): Promise<void>
  /** One more device for each serial, like the one on the page. Answers how many. */
  addAll(codes: readonly string[]): Promise<number>
}

/** More than one visit may hold (contract: at most 50 devices). */
export const mostDevices = 50

function isBlank(item: ItemForm): boolean {
  return !item.known && item.device.serial === '' && item.device.imei1 === ''
}

/** A field's path once the device at `index` is gone; undefined for its own. */
function pathWithout(path: string, index: number): string | undefined {
  const at = itemOf(path)
  if (at === undefined || at < index) return path
  return at === index ? undefined : path.replace(/^items\.\d+/, `items.${at - 1}`)
}

export function useDevices(
  form: IntakeForm,
  current: Ref<number>,
  photos: PhotoUploads,
  errors: FormErrors,
): Devices {
  const shown = (): ItemForm => form.items[current.value] ?? (form.items[0] as ItemForm)

  function add(alike: boolean): ItemForm | undefined {
    if (form.items.length >= mostDevices) return undefined
    form.items.push(nextItem(shown(), alike))
    current.value = form.items.length - 1
    return shown()
  }

  /** Fills an item by a code, with what is on file under it. */
  async function fillByCode(item: ItemForm, code: string): Promise<void> {
    const visit = await call('devices.visit', { code: code.slice(0, 60) })
    takeStart(form, item, visit ? { kind: 'device', visit } : { kind: 'new', hint: codeHintOf(code) })
  }

  async function addAll(codes: readonly string[]): Promise<number> {
    let added = 0
    for (const code of codes) {
      const item = isBlank(shown()) ? shown() : add(true)
      if (!item) break
      await fillByCode(item, code)
      added++
    }
    return added
  }

  return {
    take(start) {
      takeStart(form, shown(), start)
      errors.clear(`items.${current.value}.device`)
      errors.held.drop(`items.${current.value}.device`)
    },
    add: (alike) => void add(alike),
    remove(index) {
      const [gone] = form.items.splice(index, 1)
      // Errors name devices by their place in the visit, and the places have changed.
      errors.clear('items')
      errors.held.rename((path) => pathWithout(path, index))
      if (gone) void photos.removeAll(gone.key)
      if (form.items.length === 0) form.items.push(nextItem(gone as ItemForm, false))
      current.value = Math.min(current.value, form.items.length - 1)
    },
    async scanned(code) {
      try {
        await addAll([code])
        await nextTick()
      } catch (error) {
        notify('error', errorText(toCallError(error)))
      }
    },
    addAll,
  }
}
