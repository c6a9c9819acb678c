/** A component's own class with those that a caller adds for layout. */
export function withClass(own: string, added: string | undefined): string {
  return added ? `${own} ${added}` : own;
}
