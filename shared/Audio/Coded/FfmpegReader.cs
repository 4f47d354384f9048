using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipeline.Audio.Plain;
using Pipeline.Native;

namespace Pipeline.Audio.Coded;

/// <summary>
/// Reads whatever an ffmpeg process can decode: it writes an au file of 32-bit floating-point samples to its output, which holds the rate and the
/// channels in its first bytes.
/// </summary>
internal sealed partial class FfmpegReader : AudioReader
{
    private const int BufferBytes = 1 << 16;

    private readonly Process process;
    private readonly Stream output;
    private readonly ErrorLines errors;
    private byte[]? buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BufferBytes, MaxChannels * sizeof(float)));
    private int buffered;
    private long frames;
    private bool ended;
    private bool isFinished;

    private FfmpegReader(string path, AudioFormat format, Process process)
        : base(path, format)
    {
        this.process = process;
        output = process.StandardOutput.BaseStream;
        errors = new ErrorLines(process);
    }

    public static FfmpegReader Open(string path, AudioFormat format)
    {
        var reader = new FfmpegReader(path, format, Start(path));
        try
        {
            reader.ReadHeader();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override int Read(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        int room = WholeFrames(interleaved), done = 0, frameBytes = Channels * sizeof(float);
        while (done < room && !ended)
        {
            int wanted = Math.Min((room - done) * sizeof(float), buffer.Length / frameBytes * frameBytes);
            while (buffered < frameBytes && !ended)
            {
                int got = output.Read(buffer, buffered, wanted - buffered);
                buffered += got;
                ended = got == 0;
            }

            int whole = buffered / frameBytes * frameBytes;
            SampleDecoder.Decode(buffer.AsSpan(0, whole), SampleEncoding.Float32, bigEndian: true, interleaved.Slice(done, whole / sizeof(float)));
            buffer.AsSpan(whole, buffered - whole).CopyTo(buffer);
            buffered -= whole;
            done += whole / sizeof(float);
        }

        frames += done / Channels;
        if (done == 0 && !isFinished)
        {
            isFinished = true;
            Finish();
        }

        return done;
    }

    public override void Dispose()
    {
        if (buffer is null)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }

        process.WaitForExit();
        process.Dispose();
    }

    private static Process Start(string path)
    {
        // "file:" keeps a name that starts with a dash from being an option, and one with a colon from being an address.
        // Playlists could lead elsewhere: only files may be opened.
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", "file:" + path,
            "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "pcm_f32be", "-f", "au", "pipe:1",
        ];
        var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            string install = OperatingSystem.IsLinux() ? "run 'apt-get install ffmpeg', or " : "install it, or ";
            throw new MissingLibraryException($"the program ffmpeg, which --ffmpeg asks for, was not found on the path: {install}leave --ffmpeg out", e);
        }
    }

    private void ReadHeader()
    {
        byte[] header = new byte[AuHeader.Bytes];
        int read = output.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read < header.Length)
        {
            throw new AudioException(Path, $"ffmpeg cannot read it{Reason(" (", ")")}");
        }

        PlainLayout layout = AuHeader.Parse(Path, header, out uint offset, out _);
        CheckPlausible(Path, layout.Channels, layout.SampleRate);
        Channels = (int)layout.Channels;
        SampleRate = (int)layout.SampleRate;
        for (long left = offset - AuHeader.Bytes; left > 0;)
        {
            int got = output.Read(buffer!, 0, (int)Math.Min(left, buffer!.Length));
            left = got == 0 ? 0 : left - got;
        }
    }

    private void Finish()
    {
        process.WaitForExit();
        if (process.ExitCode != 0 || errors.First is not null)
        {
            AddDamage($"ffmpeg met damage{Reason(" (", ")")} after {frames:n0} frames");
        }
    }

    private string Reason(string before, string after)
    {
        process.WaitForExit(); // until its last words are in
        return errors.First is { } line ? before + Address().Replace(line, "").Replace("file:" + Path, "the file", StringComparison.Ordinal).Trim().TrimEnd('.') + after : "";
    }

    // ffmpeg's lines start with the address of whoever speaks, which differs from run to run.
    [GeneratedRegex(@"\[[^\]]* @ 0x[0-9a-f]+\] ?")]
    private static partial Regex Address();

    /// <summary>Takes in what a process says, so that it never waits for a reader, and keeps the first line of it.</summary>
    private sealed class ErrorLines
    {
        public ErrorLines(Process process)
        {
            process.ErrorDataReceived += (_, e) => First ??= string.IsNullOrWhiteSpace(e.Data) ? null : e.Data;
            process.BeginErrorReadLine();
        }

        public string? First { get; private set; }
    }
}
