export function defaultDataFolder(demo: boolean): string
export function typedPath(path: string): string
export function dataFolder(named: string | undefined): string
export function openInBrowser(url: string): Promise<boolean>
