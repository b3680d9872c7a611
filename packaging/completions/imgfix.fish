# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_imgfix_global_optspecs
    string join \n w/write check diff explain output-format= stdin-filename= diff-base= staged only-changed-lines only= baseline= write-baseline= safe unsafe select= ignore= no-context config= color= q/quiet v/verbose h/help V/version
end

function __fish_imgfix_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_imgfix_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_imgfix_using_subcommand
    set -l cmd (__fish_imgfix_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c imgfix -n "__fish_imgfix_needs_command" -l output-format -l format -d 'How what was found is printed' -r -f -a "diff\t'A unified diff, for `git apply` and `patch -p1` (the default)'
text\t'Excerpts of the files with notes, for people'
json\t'One object, described by `imgfix-report.schema.json`'
jsonl\t'The same, an object a line'
sarif\t'SARIF 2.1.0, with fixes'
github\t'Workflow commands of GitHub Actions, which annotate files'
gitlab\t'The Code Quality report of GitLab'
rdjson\t'reviewdog\'s form, with suggestions'
rdjsonl\t'The same, a diagnostic a line'
checkstyle\t'The XML of Checkstyle'
junit\t'The XML of `JUnit`'
markdown\t'A comment for a pull request'"
complete -c imgfix -n "__fish_imgfix_needs_command" -l stdin-filename -d 'The path that standard input counts as, for configuration and repository' -r -F
complete -c imgfix -n "__fish_imgfix_needs_command" -l diff-base -d 'Only Dockerfiles that changed since HEAD left REF, or whose manifests did' -r
complete -c imgfix -n "__fish_imgfix_needs_command" -l only -d 'Only the rewrites at this line, or those of one transform there' -r
complete -c imgfix -n "__fish_imgfix_needs_command" -l baseline -d 'Leave out the findings that this file has' -r -F
complete -c imgfix -n "__fish_imgfix_needs_command" -l write-baseline -d 'Write all findings to this file, for `--baseline`' -r -F
complete -c imgfix -n "__fish_imgfix_needs_command" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_needs_command" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_needs_command" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_needs_command" -s w -l write -d 'Change the files in place'
complete -c imgfix -n "__fish_imgfix_needs_command" -l check -d 'Exit with status 1 if something would change'
complete -c imgfix -n "__fish_imgfix_needs_command" -l diff -d 'Print a diff for standard input too, and with `--write`'
complete -c imgfix -n "__fish_imgfix_needs_command" -l explain -d 'Tell of every rewrite applied, held back or declined the place, the reason and the evidence'
complete -c imgfix -n "__fish_imgfix_needs_command" -l staged -d 'Only Dockerfiles that are staged for the next commit, or whose manifests are'
complete -c imgfix -n "__fish_imgfix_needs_command" -l only-changed-lines -d 'Only rewrites that touch a changed line, with `--diff-base` or `--staged`'
complete -c imgfix -n "__fish_imgfix_needs_command" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_needs_command" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_needs_command" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_needs_command" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_needs_command" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_needs_command" -s V -l version -d 'Print version'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "transforms" -d 'List the transforms in the order in which they run'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "explain" -d 'Print the page of one transform'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "templates" -d 'List the templates of `split-stages`, or say why each matches or does not'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "config" -d 'Print the configuration in force and where each value comes from'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "verify" -d 'Build Dockerfiles and their rewrites with your own builder, and compare the images'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "size" -d 'Measure images, compare them with a baseline, and say which instruction ships what for nothing'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "report" -d 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "lsp" -d 'Serve an editor: a language server on standard input and output'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "man" -d 'Print the manual page, or that of a command'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "completions" -d 'Print the completions for a shell'
complete -c imgfix -n "__fish_imgfix_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand transforms" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l template -d 'The page of one of its templates instead, with `split-stages`' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand templates" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l schema -d 'Print the JSON schema of `imgfix.toml` instead'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l report-schema -d 'Print the JSON schema of `--output-format json` instead'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l builder -d 'The program that builds: docker, podman or buildah [default: the first one that answers]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l context -d 'The build context [default: what the repository says, or the folder of the Dockerfile]' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l build-arg -d 'A build argument' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l target -d 'The stage to build [default: the last one]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l network -d 'The network of builds and containers, as the builder names it' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l build-option -d 'One more argument of the builder\'s `build`, such as `--secret=id=token`' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l smoke -d 'Run both containers with these arguments in place of their `CMD`, and compare output and status' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l smoke-http -d 'Start both containers and compare what they answer over HTTP' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l cache-check -d 'Measure the rebuild after a change of one line, in this file or in the likeliest source file' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l format -l output-format -d 'How the result is printed' -r -f -a "text\t'For a terminal'
json\t'For programs'
markdown\t'For a pull request'"
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l run-configured-smoke -d 'Run the smoke tests of the configuration too; it may come from a stranger\'s pull request'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l control -d 'Build the original twice, and compare nothing in which its two images differ'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l each -d 'Build after each transform too, to see what each one saves'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l cached -d 'Take layers of earlier builds. They may hold older packages than the rewritten image gets'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l keep -d 'Keep the images'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l baseline -d 'The baseline file [default: that of the configuration, or `imgfix-size.json` where it is there]' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l fail-above -d 'Fail above this growth [default: 25]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l warn-above -d 'Warn above this growth [default: 10]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l dockerfile -d 'The Dockerfile of the image: says the lines of its layers, and which rewrites apply' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l target -d 'The stage of the Dockerfile that the image is [default: the last one]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l builder -d 'The engine that knows the references: docker, podman or buildah [default: the first one that answers]' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l format -d 'How the result is printed' -r -f -a "text\t'For a terminal'
json\t'For programs'
markdown\t'For a pull request'"
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l write-baseline -d 'Write the sizes into the baseline file, in place of what it says of these images'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand size" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l html -d 'Write the page here; `-` for standard output' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l measured -d 'What `imgfix verify --format json` measured: its sizes stand in the place of estimates' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l select -d 'Run only these transforms, whatever the configuration selects or ignores' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l ignore -d 'Do not run these transforms either' -r
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l config -d 'Read this configuration instead of the nearest `imgfix.toml`' -r -F
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless the environment asks for none'
always\t'Always'
never\t'Never'"
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l safe -d 'Apply only what is safe'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l unsafe -d 'Apply also what may change what the container does'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -l no-context -d 'Look at no build context: only what the Dockerfile itself proves counts'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -s q -l quiet -d 'Print no summary, only diffs and errors'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -s v -l verbose -d 'Name also what was held back or declined; twice, log what is done and how long it takes'
complete -c imgfix -n "__fish_imgfix_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "transforms" -d 'List the transforms in the order in which they run'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "explain" -d 'Print the page of one transform'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "templates" -d 'List the templates of `split-stages`, or say why each matches or does not'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "config" -d 'Print the configuration in force and where each value comes from'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "verify" -d 'Build Dockerfiles and their rewrites with your own builder, and compare the images'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "size" -d 'Measure images, compare them with a baseline, and say which instruction ships what for nothing'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "report" -d 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "lsp" -d 'Serve an editor: a language server on standard input and output'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "man" -d 'Print the manual page, or that of a command'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "completions" -d 'Print the completions for a shell'
complete -c imgfix -n "__fish_imgfix_using_subcommand help; and not __fish_seen_subcommand_from transforms explain templates config verify size report lsp man completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
