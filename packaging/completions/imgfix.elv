
use builtin;
use str;

set edit:completion:arg-completer[imgfix] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'imgfix'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'imgfix'= {
            cand --output-format 'How what was found is printed'
            cand --format 'How what was found is printed'
            cand --stdin-filename 'The path that standard input counts as, for configuration and repository'
            cand --diff-base 'Only Dockerfiles that changed since HEAD left REF, or whose manifests did'
            cand --only 'Only the rewrites at this line, or those of one transform there'
            cand --baseline 'Leave out the findings that this file has'
            cand --write-baseline 'Write all findings to this file, for `--baseline`'
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand -w 'Change the files in place'
            cand --write 'Change the files in place'
            cand --check 'Exit with status 1 if something would change'
            cand --diff 'Print a diff for standard input too, and with `--write`'
            cand --explain 'Tell of every rewrite applied, held back or declined the place, the reason and the evidence'
            cand --staged 'Only Dockerfiles that are staged for the next commit, or whose manifests are'
            cand --only-changed-lines 'Only rewrites that touch a changed line, with `--diff-base` or `--staged`'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand transforms 'List the transforms in the order in which they run'
            cand explain 'Print the page of one transform'
            cand templates 'List the templates of `split-stages`, or say why each matches or does not'
            cand config 'Print the configuration in force and where each value comes from'
            cand verify 'Build Dockerfiles and their rewrites with your own builder, and compare the images'
            cand size 'Measure images, compare them with a baseline, and say which instruction ships what for nothing'
            cand report 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason'
            cand lsp 'Serve an editor: a language server on standard input and output'
            cand man 'Print the manual page, or that of a command'
            cand completions 'Print the completions for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'imgfix;transforms'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;explain'= {
            cand --template 'The page of one of its templates instead, with `split-stages`'
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;templates'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;config'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --schema 'Print the JSON schema of `imgfix.toml` instead'
            cand --report-schema 'Print the JSON schema of `--output-format json` instead'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;verify'= {
            cand --builder 'The program that builds: docker, podman or buildah [default: the first one that answers]'
            cand --context 'The build context [default: what the repository says, or the folder of the Dockerfile]'
            cand --build-arg 'A build argument'
            cand --target 'The stage to build [default: the last one]'
            cand --network 'The network of builds and containers, as the builder names it'
            cand --build-option 'One more argument of the builder''s `build`, such as `--secret=id=token`'
            cand --smoke 'Run both containers with these arguments in place of their `CMD`, and compare output and status'
            cand --smoke-http 'Start both containers and compare what they answer over HTTP'
            cand --cache-check 'Measure the rebuild after a change of one line, in this file or in the likeliest source file'
            cand --format 'How the result is printed'
            cand --output-format 'How the result is printed'
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --run-configured-smoke 'Run the smoke tests of the configuration too; it may come from a stranger''s pull request'
            cand --control 'Build the original twice, and compare nothing in which its two images differ'
            cand --each 'Build after each transform too, to see what each one saves'
            cand --cached 'Take layers of earlier builds. They may hold older packages than the rewritten image gets'
            cand --keep 'Keep the images'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;size'= {
            cand --baseline 'The baseline file [default: that of the configuration, or `imgfix-size.json` where it is there]'
            cand --fail-above 'Fail above this growth [default: 25]'
            cand --warn-above 'Warn above this growth [default: 10]'
            cand --dockerfile 'The Dockerfile of the image: says the lines of its layers, and which rewrites apply'
            cand --target 'The stage of the Dockerfile that the image is [default: the last one]'
            cand --builder 'The engine that knows the references: docker, podman or buildah [default: the first one that answers]'
            cand --format 'How the result is printed'
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --write-baseline 'Write the sizes into the baseline file, in place of what it says of these images'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;report'= {
            cand --html 'Write the page here; `-` for standard output'
            cand --measured 'What `imgfix verify --format json` measured: its sizes stand in the place of estimates'
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;lsp'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;man'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;completions'= {
            cand --select 'Run only these transforms, whatever the configuration selects or ignores'
            cand --ignore 'Do not run these transforms either'
            cand --config 'Read this configuration instead of the nearest `imgfix.toml`'
            cand --color 'When to use colours'
            cand --safe 'Apply only what is safe'
            cand --unsafe 'Apply also what may change what the container does'
            cand --no-context 'Look at no build context: only what the Dockerfile itself proves counts'
            cand -q 'Print no summary, only diffs and errors'
            cand --quiet 'Print no summary, only diffs and errors'
            cand -v 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand --verbose 'Name also what was held back or declined; twice, log what is done and how long it takes'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'imgfix;help'= {
            cand transforms 'List the transforms in the order in which they run'
            cand explain 'Print the page of one transform'
            cand templates 'List the templates of `split-stages`, or say why each matches or does not'
            cand config 'Print the configuration in force and where each value comes from'
            cand verify 'Build Dockerfiles and their rewrites with your own builder, and compare the images'
            cand size 'Measure images, compare them with a baseline, and say which instruction ships what for nothing'
            cand report 'Write a report to look at: one page for a browser, with sizes, stages, and each change beside its reason'
            cand lsp 'Serve an editor: a language server on standard input and output'
            cand man 'Print the manual page, or that of a command'
            cand completions 'Print the completions for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'imgfix;help;transforms'= {
        }
        &'imgfix;help;explain'= {
        }
        &'imgfix;help;templates'= {
        }
        &'imgfix;help;config'= {
        }
        &'imgfix;help;verify'= {
        }
        &'imgfix;help;size'= {
        }
        &'imgfix;help;report'= {
        }
        &'imgfix;help;lsp'= {
        }
        &'imgfix;help;man'= {
        }
        &'imgfix;help;completions'= {
        }
        &'imgfix;help;help'= {
        }
    ]
    $completions[$command]
}
