// make-corpus: a small corpus of music made by formula
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Makes a small corpus of music by formula.");
return Stage.Run("make-corpus", command, args);
