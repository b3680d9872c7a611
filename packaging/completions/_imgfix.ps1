
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'imgfix' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'imgfix'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'imgfix' {
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How what was found is printed')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How what was found is printed')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The path that standard input counts as, for configuration and repository')
            [CompletionResult]::new('--diff-base', '--diff-base', [CompletionResultType]::ParameterName, 'Only Dockerfiles that changed since HEAD left REF, or whose manifests did')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only the rewrites at this line, or those of one transform there')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out the findings that this file has')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write all findings to this file, for `--baseline`')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Change the files in place')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Change the files in place')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Exit with status 1 if something would change')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Print a diff for standard input too, and with `--write`')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Tell of every rewrite applied, held back or declined the place, the reason and the evidence')
            [CompletionResult]::new('--staged', '--staged', [CompletionResultType]::ParameterName, 'Only Dockerfiles that are staged for the next commit, or whose manifests are')
            [CompletionResult]::new('--only-changed-lines', '--only-changed-lines', [CompletionResultType]::ParameterName, 'Only rewrites that touch a changed line, with `--diff-base` or `--staged`')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('transforms', 'transforms', [CompletionResultType]::ParameterValue, 'List the transforms in the order in which they run')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of one transform')
            [CompletionResult]::new('templates', 'templates', [CompletionResultType]::ParameterValue, 'List the templates of `split-stages`, or say why each matches or does not')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the configuration in force and where each value comes from')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Build Dockerfiles and their rewrites with your own builder, and compare the images')
            [CompletionResult]::new('size', 'size', [CompletionResultType]::ParameterValue, 'Measure images, compare them with a baseline, and say which instruction ships what for nothing')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: a language server on standard input and output')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or that of a command')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'imgfix;transforms' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;explain' {
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'The page of one of its templates instead, with `split-stages`')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;templates' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;config' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'Print the JSON schema of `imgfix.toml` instead')
            [CompletionResult]::new('--report-schema', '--report-schema', [CompletionResultType]::ParameterName, 'Print the JSON schema of `--output-format json` instead')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;verify' {
            [CompletionResult]::new('--builder', '--builder', [CompletionResultType]::ParameterName, 'The program that builds: docker, podman or buildah [default: the first one that answers]')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The build context [default: what the repository says, or the folder of the Dockerfile]')
            [CompletionResult]::new('--build-arg', '--build-arg', [CompletionResultType]::ParameterName, 'A build argument')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The stage to build [default: the last one]')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'The network of builds and containers, as the builder names it')
            [CompletionResult]::new('--build-option', '--build-option', [CompletionResultType]::ParameterName, 'One more argument of the builder''s `build`, such as `--secret=id=token`')
            [CompletionResult]::new('--smoke', '--smoke', [CompletionResultType]::ParameterName, 'Run both containers with these arguments in place of their `CMD`, and compare output and status')
            [CompletionResult]::new('--smoke-http', '--smoke-http', [CompletionResultType]::ParameterName, 'Start both containers and compare what they answer over HTTP')
            [CompletionResult]::new('--cache-check', '--cache-check', [CompletionResultType]::ParameterName, 'Measure the rebuild after a change of one line, in this file or in the likeliest source file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is printed')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How the result is printed')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--run-configured-smoke', '--run-configured-smoke', [CompletionResultType]::ParameterName, 'Run the smoke tests of the configuration too; it may come from a stranger''s pull request')
            [CompletionResult]::new('--control', '--control', [CompletionResultType]::ParameterName, 'Build the original twice, and compare nothing in which its two images differ')
            [CompletionResult]::new('--each', '--each', [CompletionResultType]::ParameterName, 'Build after each transform too, to see what each one saves')
            [CompletionResult]::new('--cached', '--cached', [CompletionResultType]::ParameterName, 'Take layers of earlier builds. They may hold older packages than the rewritten image gets')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the images')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;size' {
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'The baseline file [default: that of the configuration, or `imgfix-size.json` where it is there]')
            [CompletionResult]::new('--fail-above', '--fail-above', [CompletionResultType]::ParameterName, 'Fail above this growth [default: 25]')
            [CompletionResult]::new('--warn-above', '--warn-above', [CompletionResultType]::ParameterName, 'Warn above this growth [default: 10]')
            [CompletionResult]::new('--dockerfile', '--dockerfile', [CompletionResultType]::ParameterName, 'The Dockerfile of the image: says the lines of its layers, and which rewrites apply')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The stage of the Dockerfile that the image is [default: the last one]')
            [CompletionResult]::new('--builder', '--builder', [CompletionResultType]::ParameterName, 'The engine that knows the references: docker, podman or buildah [default: the first one that answers]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is printed')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write the sizes into the baseline file, in place of what it says of these images')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;report' {
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write the page here; `-` for standard output')
            [CompletionResult]::new('--measured', '--measured', [CompletionResultType]::ParameterName, 'What `imgfix verify --format json` measured: its sizes stand in the place of estimates')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;lsp' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;man' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;completions' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these transforms, whatever the configuration selects or ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not run these transforms either')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration instead of the nearest `imgfix.toml`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Apply only what is safe')
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply also what may change what the container does')
            [CompletionResult]::new('--no-context', '--no-context', [CompletionResultType]::ParameterName, 'Look at no build context: only what the Dockerfile itself proves counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no summary, only diffs and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name also what was held back or declined; twice, log what is done and how long it takes')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'imgfix;help' {
            [CompletionResult]::new('transforms', 'transforms', [CompletionResultType]::ParameterValue, 'List the transforms in the order in which they run')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of one transform')
            [CompletionResult]::new('templates', 'templates', [CompletionResultType]::ParameterValue, 'List the templates of `split-stages`, or say why each matches or does not')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the configuration in force and where each value comes from')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Build Dockerfiles and their rewrites with your own builder, and compare the images')
            [CompletionResult]::new('size', 'size', [CompletionResultType]::ParameterValue, 'Measure images, compare them with a baseline, and say which instruction ships what for nothing')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: a language server on standard input and output')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or that of a command')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'imgfix;help;transforms' {
            break
        }
        'imgfix;help;explain' {
            break
        }
        'imgfix;help;templates' {
            break
        }
        'imgfix;help;config' {
            break
        }
        'imgfix;help;verify' {
            break
        }
        'imgfix;help;size' {
            break
        }
        'imgfix;help;report' {
            break
        }
        'imgfix;help;lsp' {
            break
        }
        'imgfix;help;man' {
            break
        }
        'imgfix;help;completions' {
            break
        }
        'imgfix;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
