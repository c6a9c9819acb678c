import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function BackIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M19 12H5m6-6-6 6 6 6" />;
}

export function ForthIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M5 12h14m-6-6 6 6-6 6" />;
}

export function ChevronForthIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="m9.5 5.5 6.5 6.5-6.5 6.5" />;
}

export function ChevronDownIcon(props: IconProps) {
  return <DrawnIcon {...props} d="m5.5 9 6.5 6.5L18.5 9" />;
}

export function ChevronUpIcon(props: IconProps) {
  return <DrawnIcon {...props} d="m5.5 15.5 6.5-6.5 6.5 6.5" />;
}

export function ArrowDownIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M12 5v14m-6-6 6 6 6-6" />;
}

export function CloseIcon(props: IconProps) {
  return <DrawnIcon {...props} d="m6 6 12 12M18 6 6 18" />;
}

export function PlusIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M12 5v14M5 12h14" />;
}

export function MinusIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M5 12h14" />;
}

export function CheckIcon(props: IconProps) {
  return <DrawnIcon {...props} d="m5 12.5 4.5 4.5L19 7.5" />;
}

export function SearchIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0m11.3 4.7L20 20" />;
}

export function MenuIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M4 7h16M4 12h16M4 17h10" />;
}

export function MoreIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      solid="M10.4 5.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0M10.4 12a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0M10.4 18.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0"
    />
  );
}

export function FilterIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M4 7h16M7 12h10m-7 5h4" />;
}
