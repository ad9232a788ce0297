import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** The window's width in px, reactive: for what CSS alone cannot decide. */
export function useWindowWidth(): Readonly<Ref<number>> {
  const width = ref(window.innerWidth)
  const measure = (): void => {
    width.value = window.innerWidth
  }
  window.addEventListener('resize', measure)
  onScopeDispose(() => window.removeEventListener('resize', measure))
  return readonly(width)
}
