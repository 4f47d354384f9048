using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Audio.Files;
using Pipeline.Native;

namespace Pipeline.Audio.Coded;

/// <summary>The part of libmpg123 that reading needs. C's long, which is what it counts in, has 32 bits on Windows.</summary>
internal static unsafe partial class Mpg123
{
    private const string Library = "mpg123";

    private const int ParameterAddFlags = 2, ParameterResyncLimit = 15;
    private const int FlagQuiet = 0x20, FlagGapless = 0x40;
    private const int EncodingFloat32 = 0x200;

    // Every rate that MPEG audio has.
    private static readonly int[] Rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000];

    static Mpg123()
    {
        NativeLibraries.Register(typeof(Mpg123).Assembly);
    }

    /// <summary>What a call came to.</summary>
    public enum Result
    {
        Ok = 0,
        NewFormat = -11,
        NeedMore = -10,
        Done = -12,
    }

    /// <summary>Opens what the window shows: quiet, without the encoder's padding, looking for the next frame after damage as far as need be.</summary>
    public static Handle Open(ByteWindow window)
    {
        Initialization.Ensure();
        nint opened = mpg123_new(null, out _);
        if (opened == 0)
        {
            throw new InsufficientMemoryException("libmpg123 cannot allocate a decoder");
        }

        var handle = new Handle(window, opened);
        mpg123_param(handle, ParameterAddFlags, new CLong(FlagQuiet | FlagGapless), 0);
        mpg123_param(handle, ParameterResyncLimit, new CLong(-1), 0);
        Allow(handle, channels: 1 | 2);
        mpg123_replace_reader_handle(handle, &ReadBytes, &Seek, null);
        handle.IsOpen = mpg123_open_handle(handle, handle.Window) == 0;
        return handle;
    }

    /// <summary>Lets sound come out at any rate, but with these channels only (1, 2, or either: 3): others are converted.</summary>
    public static void Allow(Handle handle, int channels)
    {
        mpg123_format_none(handle);
        foreach (int rate in Rates)
        {
            mpg123_format(handle, new CLong(rate), channels, EncodingFloat32);
        }
    }

    /// <summary>The format of what comes next, from its first frame; false where none is found.</summary>
    public static bool TryGetFormat(Handle handle, out int sampleRate, out int channels)
    {
        bool found = mpg123_getformat(handle, out CLong rate, out channels, out _) == 0;
        sampleRate = (int)rate.Value;
        return found;
    }

    /// <summary>Frames of sound in all, counted out by the header or estimated; negative where unknown.</summary>
    public static long Length(Handle handle) => mpg123_length(handle).Value;

    /// <summary>Decodes the next frame. Its samples stay where they are until the next call.</summary>
    public static Result Decode(Handle handle, out float* samples, out int count)
    {
        Result result = mpg123_decode_frame(handle, out _, out byte* bytes, out nuint length);
        samples = (float*)bytes;
        count = bytes is null ? 0 : (int)(length / sizeof(float));
        return result;
    }

    /// <summary>Where the frame that was decoded last lies in the window.</summary>
    public static (long Start, int Bytes) LastFrame(Handle handle)
    {
        FrameInfo info = default;
        return mpg123_info(handle, &info) == 0 ? (mpg123_framepos(handle).Value, info.FrameSize) : (-1, 0);
    }

    public static string Error(Handle handle) => Marshal.PtrToStringUTF8(mpg123_strerror(handle))?.Trim().TrimEnd('.') ?? "unknown error";

    /// <summary>A decoder; what it reads from lives as long.</summary>
    public sealed class Handle : SafeHandle
    {
        private GCHandle window;

        public Handle(ByteWindow window, nint opened)
            : base(0, ownsHandle: true)
        {
            this.window = GCHandle.Alloc(window);
            SetHandle(opened);
        }

        public override bool IsInvalid => handle == 0;

        public bool IsOpen { get; set; }

        public nint Window => GCHandle.ToIntPtr(window);

        protected override bool ReleaseHandle()
        {
            mpg123_delete(handle);
            window.Free();
            return true;
        }
    }

    // Versions before 1.27 must be initialised before the first decoder; in a class of its own, so that it is done once,
    // and a library that is missing is missed outside of a static constructor.
    private static class Initialization
    {
        private static readonly Lock Gate = new();
        private static bool isDone;

        public static void Ensure()
        {
            lock (Gate)
            {
                if (!isDone)
                {
                    _ = mpg123_init();
                    isDone = true;
                }
            }
        }
    }

    private struct FrameInfo
    {
        public int Version;
        public int Layer;
        public CLong Rate;
        public int Mode;
        public int ModeExtension;
        public int FrameSize;
        public int Flags;
        public int Emphasis;
        public int BitRate;
        public int AverageRate;
        public int Variable;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint ReadBytes(nint window, void* to, nuint count) => (nint)ByteWindow.Of(window).Read(to, (long)Math.Min(count, int.MaxValue));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CLong Seek(nint window, CLong offset, int whence) => new((nint)ByteWindow.Of(window).Seek(offset.Value, whence));

    [LibraryImport(Library)]
    private static partial int mpg123_init();

    [LibraryImport(Library)]
    private static partial nint mpg123_new(byte* decoder, out int error);

    [LibraryImport(Library)]
    private static partial void mpg123_delete(nint handle);

    [LibraryImport(Library)]
    private static partial int mpg123_param(Handle handle, int parameter, CLong value, double number);

    [LibraryImport(Library)]
    private static partial int mpg123_format_none(Handle handle);

    [LibraryImport(Library)]
    private static partial int mpg123_format(Handle handle, CLong rate, int channels, int encodings);

    [LibraryImport(Library)]
    private static partial int mpg123_replace_reader_handle(
        Handle handle,
        delegate* unmanaged[Cdecl]<nint, void*, nuint, nint> read,
        delegate* unmanaged[Cdecl]<nint, CLong, int, CLong> seek,
        delegate* unmanaged[Cdecl]<nint, void> cleanup);

    [LibraryImport(Library)]
    private static partial int mpg123_open_handle(Handle handle, nint window);

    [LibraryImport(Library)]
    private static partial int mpg123_getformat(Handle handle, out CLong rate, out int channels, out int encoding);

    [LibraryImport(Library)]
    private static partial CLong mpg123_length(Handle handle);

    [LibraryImport(Library)]
    private static partial Result mpg123_decode_frame(Handle handle, out CLong number, out byte* audio, out nuint bytes);

    [LibraryImport(Library)]
    private static partial int mpg123_info(Handle handle, FrameInfo* info);

    [LibraryImport(Library)]
    private static partial CLong mpg123_framepos(Handle handle);

    [LibraryImport(Library)]
    private static partial nint mpg123_strerror(Handle handle);
}
