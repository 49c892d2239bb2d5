package org.ctstream.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.ctstream.publisher.ScanInput;

/**
 * Makes the first inputs while the stack is still starting, so that a run measures the stream and not the making of its
 * inputs. Later ones are made when their turn comes: memory stays bounded.
 */
final class MadeAhead {
    private static final int MOST = 64;

    private MadeAhead() {}

    /** The same inputs in the same order. */
    static List<ScanInput> of(List<ScanInput> inputs) {
        var made = new ArrayList<ScanInput>();
        var tasks = new ArrayList<FutureTask<byte[]>>();
        for (ScanInput input : inputs) {
            if (tasks.size() < MOST) {
                var task = new FutureTask<>(input.content()::read);
                tasks.add(task);
                made.add(new ScanInput(input.name(), input.size(), input.contentType(), () -> get(task)));
            } else {
                made.add(input);
            }
        }
        var thread = new Thread(() -> tasks.forEach(FutureTask::run), "made-ahead");
        thread.setDaemon(true);
        thread.start();
        return List.copyOf(made);
    }

    private static byte[] get(FutureTask<byte[]> task) throws IOException {
        try {
            task.run(); // if its turn has come before the thread's; otherwise this does nothing
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
