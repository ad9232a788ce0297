export { default as ExportDialog } from './ExportDialog.vue'
export { useListExport, type ExportSource, type ListExport } from './list-export.ts'
