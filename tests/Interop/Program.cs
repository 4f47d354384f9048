// Writes files with the Parquet library, and beside each what was meant, for compare.mjs to check with other readers.
//
//   Interop FOLDER
using Pipeline.Tests.Interop;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: Interop FOLDER");
    return 2;
}

Directory.CreateDirectory(args[0]);
int files = 0;
foreach (Sample sample in Samples.All())
{
    sample.Write(args[0]);
    files++;
}

Console.WriteLine($"{files} files in {args[0]}");
return 0;
