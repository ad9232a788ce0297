/** Photos a repair may have; more than anybody looks at. */
export const maxPhotosPerRepair = 40

/** Files one unfinished intake may hold: a drop-off of many devices, and an end to a runaway seat. */
export const maxFilesPerDraft = 500
