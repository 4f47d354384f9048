using System.ComponentModel;

namespace Pipeline.Tests;

/// <summary>Programs of others, which may be absent.</summary>
internal static class Tools
{
    /// <summary>Runs one; false where it is not installed or fails.</summary>
    public static bool TryRun(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            return Command.Run(program, arguments).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
