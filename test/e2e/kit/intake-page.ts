import { expect, type Locator, type Page } from '@playwright/test'
import type { RunningHost } from '../../kit/host.ts'

/** A photo as a phone's camera would send it, as small as a JPEG can be. */
export const photo = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
)
export const jpeg = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: photo })

/** Types as hands do: a scanner is told apart by its speed. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 55 })
}

/** Types into a list field and takes what fits first, once it is offered. */
export async function pick(page: Page, text: string): Promise<void> {
  await type(page, text)
  const list = page.locator('.el-select-dropdown:visible')
  // Enter takes what is marked.
  await expect(list.locator('.el-select-dropdown__item.is-hovering')).toContainText(text, {
    ignoreCase: true,
  })
  await page.keyboard.press('Enter')
  await expect(list).toBeHidden()
}

export const words = (page: Page): Locator => page.getByLabel('In the customer’s words')
export const box = (page: Page): Locator =>
  page.getByRole('combobox', { name: 'Serial, IMEI, phone or name' })

/** The counter's start with the box ready for the first key. */
export async function toCounter(page: Page, host: RunningHost): Promise<void> {
  await page.goto(new URL('/counter', host.url).href)
  await expect(box(page)).toBeFocused()
}

/** The number that has the focus in a control of this page, by its visible words. */
export async function expectFocusIn(page: Page, section: string): Promise<void> {
  await expect(page.locator(`[data-section="${section}"] :focus`)).toBeVisible()
}

/** One stroke over the signature field. */
export async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: 'Signature field' })
  // What is above may still be growing; a pad that moves is not signed.
  await pad.hover()
  const place = await pad.boundingBox()
  if (!place) throw new Error('there is no signature field on the page')
  const { x, y, width, height } = place
  await page.mouse.move(x + width * 0.2, y + height * 0.6)
  await page.mouse.down()
  for (let step = 1; step <= 10; step++) {
    await page.mouse.move(x + width * (0.2 + step * 0.06), y + height * (0.6 + Math.sin(step) * 0.15))
  }
  await page.mouse.up()
  await expect(page.getByRole('button', { name: 'Sign again' })).toBeVisible()
}

/** Chooses photos by keyboard in the field that has the focus. */
export async function choosePhotos(page: Page, names: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(names.map(jpeg))
}

/** Waits until everything typed is in the draft. */
export async function expectKept(page: Page): Promise<void> {
  await expect(page.getByText('Draft saved')).toBeVisible()
}

/** The numbers of the visit just received, as its page shows them large. */
export async function receivedNumbers(page: Page): Promise<string[]> {
  await expect(page).toHaveURL(/received=/)
  const numbers = page.locator('.numbers .number')
  await expect(numbers.first()).toBeVisible()
  return await numbers.allTextContents()
}

/** Runs an act and answers every document the host made for it: its kind of content and its first bytes. */
export async function documentsOf(
  page: Page,
  count: number,
  act: () => Promise<void>,
): Promise<{ type: string; pdf: boolean }[]> {
  const answers: Promise<{ type: string; pdf: boolean }>[] = []
  page.on('response', (response) => {
    if (!response.url().endsWith('/rpc/documents/render')) return
    answers.push(
      response.body().then((body) => {
        const text = body.toString('latin1')
        return {
          type:
            /content-type: (application\/[a-z]+)/i.exec(text)?.[1]?.toLowerCase() ??
            response.headers()['content-type'] ??
            '',
          pdf: text.includes('%PDF-'),
        }
      }),
    )
  })
  await act()
  await expect.poll(() => answers.length).toBe(count)
  return await Promise.all(answers)
}
