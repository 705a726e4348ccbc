import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet';
  icon?: ReactNode;
}

/** A button. `primary` is the one thing to do on a screen. */
export function Button({ kind = 'plain', icon, children, className, ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${kind}${className === undefined ? '' : ` ${className}`}`}
    >
      {icon}
      {children}
    </button>
  );
}
