package org.speechemotion.serve;

import io.undertow.io.Receiver;
import io.undertow.io.Sender;
import io.undertow.server.BlockingHttpExchange;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xnio.channels.StreamSourceChannel;

/** The end of the time that a request has. */
final class Deadline {
    private final long end;

    Deadline(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    long milliseconds() {
        return Math.max(0, (end - System.nanoTime()) / 1_000_000);
    }

    void check() throws TimeoutException {
        if (milliseconds() == 0) {
            throw new TimeoutException();
        }
    }

    /**
     * Makes the body of a request end with a {@link SocketTimeoutException} at the deadline, also if the client sends a byte from
     * time to time, or none, and with an {@link EOFException} if the connection is lost.
     */
    void limit(HttpServerExchange exchange) {
        BlockingHttpExchange usual = exchange.startBlocking(null);
        exchange.startBlocking(new BlockingHttpExchange() {
            private InputStream body;

            @Override
            public InputStream getInputStream() {
                if (body == null) {
                    body = new Body(exchange.getRequestChannel());
                }
                return body;
            }

            @Override
            public OutputStream getOutputStream() {
                return usual.getOutputStream();
            }

            @Override
            public Sender getSender() {
                return usual.getSender();
            }

            @Override
            public Receiver getReceiver() {
                return usual.getReceiver();
            }

            @Override
            public void close() throws IOException {
                usual.close();
            }
        });
    }

    private final class Body extends InputStream {
        private final StreamSourceChannel channel;

        Body(StreamSourceChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                long left = milliseconds();
                if (left == 0) {
                    throw new SocketTimeoutException("the body of the request has not come in time");
                }
                int count = readNow(buffer);
                if (count != 0) {
                    return count;
                }
                channel.awaitReadable(left, TimeUnit.MILLISECONDS);
            }
            return 0;
        }

        private int readNow(ByteBuffer buffer) throws IOException {
            try {
                return channel.read(buffer);
            } catch (RequestTooBigException e) {
                throw e;
            } catch (IOException e) {
                throw (IOException) new EOFException("the body of the request is not complete").initCause(e);
            }
        }
    }
}
