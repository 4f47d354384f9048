namespace Pipeline.Cli;

/// <summary>Tells apart the I/O errors that need words of their own. .NET hands on the system's number, not a kind.</summary>
internal static class IoError
{
    // errno, the same on Linux and macOS
    private const int NoSpaceLeft = 28;
    private const int BrokenPipe = 32;

    // Win32 errors as HRESULTs
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    public static bool IsNoSpaceLeft(IOException e) => e.HResult is NoSpaceLeft or WindowsDiskFull or WindowsHandleDiskFull;

    public static bool IsBrokenPipe(IOException e) => e.HResult is BrokenPipe or WindowsBrokenPipe or WindowsNoData;
}
