// Our side of the check against other readers and writers.
//
//   Interop FOLDER           writes files with the Parquet library, and beside each what was meant, for compare.mjs
//   Interop --read FOLDER    reads the files that foreign.mjs had another writer make, and compares with their text
//   Interop --hdf5 FOLDER    reads the HDF5 files that hdf5.py had PyTables write, and writes each anew, for hdf5.py to compare
//   Interop --onnx FOLDER    writes networks of every kind of layer as ONNX models, and beside each what it gives, for onnx.mjs
using Pipeline.Tests.Interop;

switch (args)
{
    case ["--read", var folder]:
        return ForeignFiles.Compare(folder, Console.Out) ? 0 : 1;

    case ["--hdf5", var folder]:
        Console.WriteLine($"{Hdf5Copies.Write(folder)} files copied in {folder}");
        return 0;

    case ["--onnx", var folder]:
        Console.WriteLine($"{OnnxCases.Write(folder)} models in {folder}");
        return 0;

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
        Console.Error.WriteLine("usage: Interop [--read | --hdf5 | --onnx] FOLDER");
        return 2;
}
