import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function BoldIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M7.5 5h5.2a3.5 3.5 0 0 1 0 7H7.5zm0 7h6a3.5 3.5 0 0 1 0 7h-6z" />;
}

export function ItalicIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M10.5 5H17M7 19h6.5M14 5l-4 14" />;
}

export function StrikeIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4 12h16M16.5 7.5C16 5.9 14.3 5 12 5c-2.7 0-4.5 1.3-4.5 3.3 0 1.7 1.4 2.6 4.5 3.7M7 16c.5 1.9 2.3 3 5 3 2.9 0 5-1.4 5-3.5 0-.6-.1-1.1-.4-1.5"
    />
  );
}

export function CodeIcon(props: IconProps) {
  return <DrawnIcon {...props} d="m8.5 7-5 5 5 5m7-10 5 5-5 5" />;
}

export function QuoteIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M5 6v12M9.5 8H20M9.5 12H20m-10.5 4H16" />;
}

export function ListIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M9.5 6.5H20M9.5 12H20M9.5 17.5H20"
      solid="M3.7 6.5a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0M3.7 12a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0M3.7 17.5a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0"
    />
  );
}
