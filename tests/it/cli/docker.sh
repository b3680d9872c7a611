#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/log"
case "$1" in
version) echo 1.2.3 ;;
build)
    while [ $# -gt 1 ]; do
        case "$1" in --file) file=$2 ;; --tag) tag=$2 ;; esac
        shift
    done
    if grep -q BROKEN "$file" || { grep -q FRAGILE "$file" && grep -q 'rm -rf' "$file"; }; then
        echo "#5 0.12 make: no rule"; echo "ERROR: token=hunter2secret failed"; exit 1
    fi
    name=$(echo "$tag" | tr '/:' '__')
    mkdir -p "$here/images"
    cp "$file" "$here/images/$name"
    echo "#1 [1/2] FROM x"; echo "#2 [2/2] RUN y" ;;
image)
    shift
    case "$1" in
    save)
        shift
        work=$(mktemp -d)
        list=
        for tag in "$@"; do
            name=$(echo "$tag" | tr '/:' '__')
            root=$work/root-$name
            mkdir -p "$root/var/lib/apt/lists" "$root/srv"
            echo program > "$root/srv/app"
            grep -q 'rm -rf /var/lib/apt/lists' "$here/images/$name" || echo list > "$root/var/lib/apt/lists/x"
            if grep -q LEAKS "$here/images/$name" && [ ! -e "$root/var/lib/apt/lists/x" ]; then
                echo changed > "$root/srv/app"
            fi
            tar --owner=0 --group=0 --mtime=@0 -C "$root" -cf "$work/layer-$name.tar" .
            echo '{"config":{"Cmd":["/srv/app"],"Env":["TOKEN=hunter2secret"]}}' > "$work/config-$name.json"
            list="$list${list:+,}{\"Config\":\"config-$name.json\",\"RepoTags\":[\"$tag\"],\"Layers\":[\"layer-$name.tar\"]}"
            rm -rf "$root"
        done
        echo "[$list]" > "$work/manifest.json"
        tar -C "$work" -cf - . ;;
    rm) shift; rm -f "$here/images/$(echo "$1" | tr '/:' '__')" ;;
    esac ;;
run)
    for word; do last=$word; done
    echo "says $last" ;;
rm) ;;
*) exit 1 ;;
esac
