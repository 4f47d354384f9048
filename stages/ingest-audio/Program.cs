// ingest-audio: a folder of classes -> recordings
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Reads a folder of audio and writes the table of its recordings.");
return Stage.Run("ingest-audio", command, args);
