import { computed, onMounted, shallowRef } from 'vue'
import type { Computer, ComputerChange, Printer, ZoomStep } from '#contract/shell.ts'
import { desktop } from '@/app/desktop.ts'

/** This computer's settings as the desktop program keeps them; each change is kept at once. */
export function useComputer() {
  const computer = shallowRef<Computer>()
  const printers = shallowRef<readonly Printer[]>([])
  const shell = desktop()

  onMounted(async () => {
    if (!shell) return
    computer.value = await shell.computer()
    printers.value = await shell.printers()
  })

  return {
    computer,
    printers,
    isOwn: computed(() => computer.value?.settings.home.kind === 'own'),
    async change(change: ComputerChange): Promise<void> {
      if (shell) computer.value = await shell.changeComputer(change)
    },
    async zoom(step: ZoomStep): Promise<void> {
      if (shell) computer.value = await shell.zoom(step)
    },
    chooseHost: () => void shell?.chooseHost(),
  }
}
