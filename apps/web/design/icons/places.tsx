import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function SettingsIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M4 7.5h7m5 0h4M4 16.5h4m5 0h7M11 7.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M8 16.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0"
    />
  );
}

export function ChartIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M5 19.5V13m4.7 6.5V5m4.6 14.5V9.5m4.7 10V7" />;
}

export function GlobeIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M3.5 12h17M12 3.5c2.5 2.4 3.8 5.2 3.8 8.5s-1.3 6.1-3.8 8.5c-2.5-2.4-3.8-5.2-3.8-8.5s1.3-6.1 3.8-8.5"
    />
  );
}

export function SunIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"
    />
  );
}

export function MoonIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10" />;
}

export function QrIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h2.5v2.5M19.5 13.5v2.5M13.5 19.5h2.5M19.5 19.5v-.01"
    />
  );
}

export function CompassIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M8.5 15.5l2-5 5-2-2 5z"
    />
  );
}

export function StorageIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M5 6.5C5 5.1 8.1 4 12 4s7 1.1 7 2.5S15.9 9 12 9 5 7.9 5 6.5m0 0V17.5C5 18.9 8.1 20 12 20s7-1.1 7-2.5V6.5M5 12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5"
    />
  );
}

export function PrintIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M7.5 8.5V4h9v4.5M7.5 17H6a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 6 8.5h12a1.5 1.5 0 0 1 1.5 1.5v5.5A1.5 1.5 0 0 1 18 17h-1.5m-9-3h9v6h-9z"
    />
  );
}

export function GripIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      solid="M7.6 6a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0M13.6 6a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0M7.6 12a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0M13.6 12a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0M7.6 18a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0M13.6 18a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0"
    />
  );
}

export function InstallIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M12 4v8.5m-3.5-3.5 3.5 3.5 3.5-3.5M8 6H5.5A1.5 1.5 0 0 0 4 7.5v9A1.5 1.5 0 0 0 5.5 18h13a1.5 1.5 0 0 0 1.5-1.5v-9A1.5 1.5 0 0 0 18.5 6H16M9 21h6"
    />
  );
}
