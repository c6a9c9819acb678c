import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function UserIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8 8.5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M4.5 20c.7-3.9 3.7-6 7.5-6s6.8 2.1 7.5 6"
    />
  );
}

export function UsersIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M5.5 9a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0M2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M15.5 5.7a3.5 3.5 0 0 1 0 6.6M17.8 14.5c2 .7 3.3 2.4 3.7 5"
    />
  );
}

export function UserPlusIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M6 8.5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M2.5 20c.7-3.9 3.7-6 7.5-6 1.2 0 2.3.2 3.2.6M18 14v6m-3-3h6"
    />
  );
}

export function AtIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8.2 12a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0M15.8 8.2v5.3a2.4 2.4 0 0 0 4.7 0V12a8.5 8.5 0 1 0-3.4 6.8"
    />
  );
}

export function LockIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 17 20H7a1.5 1.5 0 0 1-1.5-1.5V12A1.5 1.5 0 0 1 7 10.5m1.5 0V7.5a3.5 3.5 0 0 1 7 0v3"
    />
  );
}

export function KeyIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M4 16a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M11 13l8.5-8.5M16 8l3 3" />;
}

export function ShieldIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M12 3.5 19 6v5.5c0 4.2-2.8 7.4-7 9-4.2-1.6-7-4.8-7-9V6z" />;
}

export function DeviceIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8.5 3.5h7A1.5 1.5 0 0 1 17 5v14a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19V5a1.5 1.5 0 0 1 1.5-1.5M11 17.5h2"
    />
  );
}

export function LaptopIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M6.5 5h11A1.5 1.5 0 0 1 19 6.5V15H5V6.5A1.5 1.5 0 0 1 6.5 5M2.5 18.5h19"
    />
  );
}

export function SignOutIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M10 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H10M10 12h10m-4-4 4 4-4 4"
    />
  );
}
