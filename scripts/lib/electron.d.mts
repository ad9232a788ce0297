import type { ChildProcess } from 'node:child_process'

export function openDesktop(
  program: string,
  args: readonly string[],
  onChild: (child: ChildProcess) => void,
  isOver: () => boolean,
): Promise<number | undefined>
