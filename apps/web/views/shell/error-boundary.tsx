import { Component, type ReactNode } from 'react';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { FailedIcon } from '../../design/icons/state.tsx';
import { useTexts } from '../../language/language.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Another value tries again: the place that one went to. */
  readonly resetKey?: string | undefined;
}

interface BoundaryState {
  readonly failed: boolean;
  readonly resetKey: string | undefined;
}

/** Keeps a defect of one part from taking the others along. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: BoundaryState,
  ): BoundaryState | null {
    if (props.resetKey === state.resetKey) return null;
    return { failed: false, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { errors } = useTexts();
  return (
    <div role="alert" className="pane-fill">
      <EmptyState
        icon={<FailedIcon size="xl" />}
        title={errors.screenFailed}
        actions={
          <Button kind="primary" onClick={() => location.reload()}>
            {errors.reloadApp}
          </Button>
        }
      >
        {errors.screenFailedNote}
      </EmptyState>
    </div>
  );
}
