export { backupsIn, newestGoodBackup, type BackupFile, type GoodBackup } from './newest-good.ts'
export { rehearseRestore, replaceShop, restoreBackup, type RestoreOptions } from './restore.ts'
export { finishSwap, recordedSwap, type SwapNote } from './swap.ts'
