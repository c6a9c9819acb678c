import './kbd.css';

/** A key, as it is printed on it. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="ui-kbd">{children}</kbd>;
}
