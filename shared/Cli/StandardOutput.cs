using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Cli;

/// <summary>
/// A stage's stdout. The console's own stream drops everything silently once the reader has gone,
/// so <c>inspect FILE | head -1</c> would print a whole table into the void; this one says so.
/// It is also buffered when it is not a terminal: <see cref="Stage.Run"/> flushes it at the end.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private const int BufferSize = 32 * 1024;

    private readonly Stream target;

    private StandardOutput(Stream target) => this.target = target;

    /// <summary>Stdout as UTF-8 text.</summary>
    public static StreamWriter Open() =>
        new(new StandardOutput(OpenTarget()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize)
        {
            AutoFlush = !Console.IsOutputRedirected,
        };

    private static Stream OpenTarget()
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!pipe.CanSeek)
                {
                    return pipe;
                }
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                // stdout is closed or not writable: let the console decide what becomes of the text
            }
        }
        // A FileStream keeps a position of its own: in { a; b; } > file, b would overwrite what a wrote.
        return Console.OpenStandardOutput();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            target.Write(buffer);
        }
        catch (IOException e) when (IoError.IsBrokenPipe(e))
        {
            throw new BrokenPipeException(e);
        }
    }

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
