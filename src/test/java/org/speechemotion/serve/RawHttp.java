package org.speechemotion.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends HTTP requests to a service as bytes, which may be no valid ones. */
record RawHttp(Service service) {

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
    }

    /** Returns the status of the response to a request; -1 if the connection is closed. */
    int status(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return status(socket.getInputStream());
        }
    }

    /** Reads the status of a response; -1 if the connection is closed. */
    static int status(InputStream in) throws IOException {
        String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9)) : -1;
    }
}
