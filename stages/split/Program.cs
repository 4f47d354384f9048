// split
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Not there yet.");
command.SetAction(_ => { });
return Stage.Run("split", command, args);
