using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Audio.Files;
using Pipeline.Native;

namespace Pipeline.Audio.Coded;

/// <summary>The part of libsndfile that reading needs. It never prints.</summary>
internal static unsafe partial class SndFile
{
    private const string Library = "sndfile";

    private const int ModeRead = 0x10;

    // Why an opening failed, libsndfile keeps in one place for all threads.
    private static readonly Lock Opening = new();

    static SndFile() => NativeLibraries.Register(typeof(SndFile).Assembly);

    /// <summary>Opens what the window shows; an invalid handle, and the reason, where it is no sound.</summary>
    public static Handle Open(ByteWindow window, out Info info, out string? refusal)
    {
        var handle = new Handle(window);
        refusal = null;
        fixed (Info* to = &info)
        {
            *to = default;
            Callbacks callbacks = new() { Length = &Length, Seek = &Seek, Read = &ReadBytes, Write = &WriteBytes, Tell = &Tell };
            nint opened = 0;
            try
            {
                lock (Opening)
                {
                    opened = sf_open_virtual(&callbacks, ModeRead, to, handle.Window);
                    refusal = opened == 0 ? Sentence(sf_strerror(0)) : null;
                }
            }
            finally
            {
                handle.Set(opened);
            }
        }

        return handle;
    }

    /// <summary>Reads frames; fewer than there is room for at the end or at damage, where <see cref="HasError"/>.</summary>
    public static long Read(Handle handle, Span<float> interleaved, int channels)
    {
        fixed (float* to = interleaved)
        {
            return sf_readf_float(handle, to, interleaved.Length / channels);
        }
    }

    public static bool HasError(Handle handle) => sf_error(handle) != 0;

    public static string Error(Handle handle) => Sentence(sf_strerror(handle));

    private static string Sentence(nint words)
    {
        const string prefix = "Error : ";
        string text = Marshal.PtrToStringUTF8(words)?.Trim().TrimEnd('.') ?? "unknown error";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    /// <summary>What libsndfile says about a file.</summary>
    public struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>An open sound file; what it reads from lives as long.</summary>
    public sealed class Handle : SafeHandle
    {
        private GCHandle window;

        public Handle(ByteWindow window)
            : base(0, ownsHandle: true) => this.window = GCHandle.Alloc(window);

        public override bool IsInvalid => handle == 0;

        public nint Window => GCHandle.ToIntPtr(window);

        public void Set(nint opened)
        {
            SetHandle(opened);
            if (opened == 0)
            {
                window.Free(); // a handle that holds nothing is not released
            }
        }

        protected override bool ReleaseHandle()
        {
            bool closed = sf_close(handle) == 0;
            window.Free();
            return closed;
        }
    }

    private struct Callbacks
    {
        public delegate* unmanaged[Cdecl]<nint, long> Length;
        public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
        public delegate* unmanaged[Cdecl]<void*, long, nint, long> Read;
        public delegate* unmanaged[Cdecl]<void*, long, nint, long> Write;
        public delegate* unmanaged[Cdecl]<nint, long> Tell;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Length(nint window) => ByteWindow.Of(window).Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int whence, nint window) => ByteWindow.Of(window).Seek(offset, whence);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long ReadBytes(void* to, long count, nint window) => ByteWindow.Of(window).Read(to, count);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long WriteBytes(void* from, long count, nint window) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint window) => ByteWindow.Of(window).Position;

    [LibraryImport(Library)]
    private static partial nint sf_open_virtual(Callbacks* callbacks, int mode, Info* info, nint user);

    [LibraryImport(Library)]
    private static partial long sf_readf_float(Handle file, float* to, long frames);

    [LibraryImport(Library)]
    private static partial int sf_error(Handle file);

    [LibraryImport(Library)]
    private static partial nint sf_strerror(Handle file);

    // Of no file: why the last opening failed.
    [LibraryImport(Library)]
    private static partial nint sf_strerror(nint none);

    [LibraryImport(Library)]
    private static partial int sf_close(nint file);
}
