import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';

/** The last net: an error nobody caught is told in words, never as an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <main className="flex h-full items-center justify-center bg-surface">
        <ErrorState
          error={this.state.error}
          action={
            <Button size="compact" onPress={() => location.reload()}>
              Reload the window
            </Button>
          }
        />
      </main>
    );
  }
}
