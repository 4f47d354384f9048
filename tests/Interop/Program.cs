// Our side of the check against other readers and writers.
//
//   Interop FOLDER           writes files with the Parquet library, and beside each what was meant, for compare.mjs
//   Interop --read FOLDER    reads the files that foreign.mjs had another writer make, and compares with their text
using Pipeline.Tests.Interop;

switch (args)
{
    case ["--read", var folder]:
        return ForeignFiles.Compare(folder, Console.Out) ? 0 : 1;

    case [var folder] when !folder.StartsWith('-'):
        Directory.CreateDirectory(folder);
        int files = 0;
        foreach (Sample sample in Samples.All())
        {
            sample.Write(folder);
            files++;
        }

        Console.WriteLine($"{files} files in {folder}");
        return 0;

    default:
        Console.Error.WriteLine("usage: Interop [--read] FOLDER");
        return 2;
}
