import type { BrowserWindow, Rectangle } from 'electron'
import type { ZoomStep } from '#contract/shell.ts'
import type { SettingsFile, WindowPlace } from './settings-file.ts'

/* The smallest screen is 1280 × 800, and the system's own bars take a part of it. */
export const smallest = { width: 1024, height: 640 }
const usual = { width: 1280, height: 800 }
/** So much of the window's head must be on a screen, or nobody could take hold of it. */
const hold = { width: 200, height: 40 }

/**
 * Where the window opens: where it stood, if a screen is still there (`areas`, without the system's bars), otherwise
 * in the middle of the first one. Never larger than its screen.
 */
export function placeOn(
  kept: WindowPlace | null,
  areas: readonly Rectangle[],
): { readonly bounds: Partial<Rectangle>; readonly maximized: boolean } {
  if (kept === null) return { bounds: usual, maximized: false }
  const area = areas.find((one) => canBeHeld(kept, one))
  if (area === undefined) return { bounds: usual, maximized: kept.maximized }
  const width = Math.min(Math.max(kept.width, smallest.width), Math.max(area.width, smallest.width))
  const height = Math.min(Math.max(kept.height, smallest.height), Math.max(area.height, smallest.height))
  return { bounds: { x: kept.x, y: kept.y, width, height }, maximized: kept.maximized }
}

function canBeHeld(window: WindowPlace, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const headIsIn = window.y >= area.y && window.y + hold.height <= area.y + area.height
  return across >= hold.width && headIsIn
}

const restMs = 400

/** Keeps where the window stands, how large it is, and its zoom; written once it has come to rest and when it closes. */
export function keepPlace(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined
  const keep = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    // The size it goes back to when it is no longer maximised.
    settings.change({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } })
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(keep, restMs)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('maximize', later)
  window.on('unmaximize', later)
  window.on('close', keep)
}

const zoomStep = 0.5

/** Makes everything larger (1), smaller (-1) or its own size (0), and keeps it for the next start. */
export function zoomBy(window: BrowserWindow, step: ZoomStep, settings: SettingsFile): void {
  const level = step === 0 ? 0 : settings.get().zoom + step * zoomStep
  window.webContents.setZoomLevel(settings.change({ zoom: level }).zoom)
}

/** Chromium's level as people know it: each is a fifth larger than the one before. */
export function zoomPercentOf(level: number): number {
  return Math.round(1.2 ** level * 100)
}
