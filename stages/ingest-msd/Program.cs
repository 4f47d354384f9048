// ingest-msd: song files of the Million Song Dataset -> recordings + segments
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Reads song files of the Million Song Dataset and writes the tables of their recordings and segments.");
return Stage.Run("ingest-msd", command, args);
